"""What was written in the logbook of the heatwave, days 6 to 8: the heat leaves, what remains is handed over."""

from __future__ import annotations

from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT, Line
from crisis_plan.demo.heatwave_lines import CARE, PILOT, on
from crisis_plan.pilotage.logbook.rules import EntryKind

EBB = (
    Line(on(6, 8, 31), COORDINATION, EntryKind.INFORMATION, "Point du matin\u00a0: 22\u00a0°C à 7\u00a0h, un peu d’air. La vigilance repasse orange à 16\u00a0h.", {"origin": "Bulletin de vigilance"}),
    Line(on(6, 9, 20), CELL, EntryKind.INFORMATION, "SAS\u00a0: sept appels cette nuit, aucun transport.", {"origin": "SAS 30", "channel": "Téléphone"}),
    Line(on(6, 10, 5), CELL, EntryKind.INFORMATION, "Vallabrix et Blauzac\u00a0: les mairies demandent comment signaler une personne isolée qui n’est pas inscrite au registre.", {"origin": "Mairies de Vallabrix et de Blauzac"}),
    Line(on(6, 10, 55), REFERENT, EntryKind.DECISION, "Réponse aux mairies\u00a0: la personne appelle elle-même ou accepte l’inscription\u00a0; sinon son médecin ou son infirmière, jamais une liste par courriel.",
         {"reason": "Une liste de noms n’a pas à circuler, même pour rendre service.",
          "options": "Recevoir les listes des mairies et les rapprocher nous-mêmes.",
          "known": "Le registre appartient à la commune.", "decided_by": PILOT}),
    Line(on(6, 12, 20), CELL, EntryKind.INFORMATION, "Les deux infirmières de la Gardonnenque restent jusqu’à ce soir. Les cabinets d’Aramon reprennent demain.", {"origin": "CPTS de la Gardonnenque"}),
    Line(on(6, 13, 10), CELL, EntryKind.INFORMATION, "EHPAD Les Oliviers\u00a0: l’équipe est de nouveau au complet, le renfort s’arrête.", {"origin": "EHPAD Les Oliviers", "channel": "Téléphone"}),
    Line(on(6, 15, 40), CELL, EntryKind.INFORMATION, "Appels des kinésithérapeutes\u00a0: 47 faits, deux personnes sans nouvelles, signalées au CCAS.", {"origin": "Masseurs-kinésithérapeutes"}),
    Line(on(6, 16, 32), CELL, EntryKind.INFORMATION, "Les deux personnes sans nouvelles sont retrouvées, toutes deux entourées.", {"origin": "CCAS d’Uzès"}, 50, "Réponse notée au retour de pause."),
    Line(on(6, 19, 10), COORDINATION, EntryKind.INFORMATION, "52 visites sur 52. Dernier soir des créneaux du SAS à Remoulins\u00a0; Uzès continue deux jours.", {"origin": "Secteurs"}),
    Line(on(7, 8, 40), COORDINATION, EntryKind.INFORMATION, "Point du matin\u00a0: 20\u00a0°C à 7\u00a0h. La vigilance passe au jaune à midi.", {"origin": "Bulletin de vigilance"}),
    Line(on(7, 9, 30), CELL, EntryKind.INFORMATION, "Salles rafraîchies\u00a0: Aramon et Saint-Geniès-de-Malgoirès ferment ce soir, Uzès et Remoulins demain midi.", {"origin": "Mairies"}),
    Line(on(7, 10, 20), REFERENT, EntryKind.DECISION, "Tournées ordinaires à partir de demain\u00a0; les cabinets rappellent une fois chaque personne visitée cette semaine.",
         {"reason": "La chaleur tombe, mais les personnes affaiblies le restent plusieurs jours.",
          "options": "Arrêt net\u00a0; trois jours de visites de plus.", "known": "20\u00a0°C ce matin, 52 visites hier sans alerte.", "decided_by": CARE}),
    Line(on(7, 11, 15), CELL, EntryKind.INFORMATION, "Point ARS de 11\u00a0h\u00a0: le département reste en EPI-CLIM jusqu’à demain, fin prévue à 14\u00a0h.", {"origin": "ARS Occitanie, cellule régionale"}),
    Line(on(7, 12, 10), CELL, EntryKind.INFORMATION, "Dialyse\u00a0: retour aux horaires habituels, les trois transporteurs ont confirmé.", {"origin": "Centre de dialyse", "channel": "Téléphone"}),
    Line(on(7, 13, 5), COORDINATION, EntryKind.DOCUMENT, "Modèle de décompte des appels et visites, par commune et sans nom, envoyé aux mairies pour leur propre bilan.", {"recipient": "Mairies, CCAS", "channel": "Courriel"}),
    Line(on(7, 14, 0), CELL, EntryKind.INFORMATION, "Insulines et collyres de la pharmacie d’Aramon revenus de Montfrin, climatisation réparée.", {"origin": "Pharmacie d’Aramon"}),
    Line(on(7, 14, 55), CELL, EntryKind.INFORMATION, "Le SSIAD reprend ses horaires demain\u00a0; il demande de garder les passages avancés si la chaleur revient.", {"origin": "SSIAD d’Uzès"}),
    Line(on(7, 15, 50), REFERENT, EntryKind.DECISION, "Les pochettes isothermes prêtées restent dans les cabinets jusqu’à la fin de l’été.", {"decided_by": "Logistique et stock"}),
    Line(on(7, 16, 48), CELL, EntryKind.INFORMATION, "Aucune visite refusée aujourd’hui. Trois soignants se reposent deux jours, relayés par leurs confrères."),
    Line(on(7, 19, 20), COORDINATION, EntryKind.INFORMATION, "29 visites, 18 appels. Aucun besoin nouveau dans les communes.", {"origin": "Secteurs"}),
    Line(on(8, 8, 35), COORDINATION, EntryKind.INFORMATION, "Point du matin\u00a0: 18\u00a0°C à 7\u00a0h, vigilance verte. Nuit sans appel."),
    Line(on(8, 10, 10), CELL, EntryKind.INFORMATION, "Registres\u00a0: quatre mairies ont inscrit en tout 23 personnes de plus cette semaine.", {"origin": "Mairies, CCAS"}),
    Line(on(8, 11, 8), REFERENT, EntryKind.INSTRUCTION, "Dernier point de l’ARS\u00a0: fin du plan EPI-CLIM à 14\u00a0h, bilan chiffré demandé sous quinze jours.", {"origin": "ARS Occitanie, cellule régionale", "channel": "Téléphone"}),
    Line(on(8, 12, 5), COORDINATION, EntryKind.INFORMATION, "Les temps de tous les cabinets sont notés, sauf deux qui les donneront à la clôture."),
    Line(on(8, 14, 2), REFERENT, EntryKind.INFORMATION, "Fin du plan EPI-CLIM à 14\u00a0h confirmée par courriel.", {"origin": "ARS Occitanie", "channel": "Courriel"}),
    Line(on(8, 15, 0), REFERENT, EntryKind.DECISION, "Levée proposée pour 16\u00a0h\u00a030\u00a0: plus de besoin ouvert, les onze suivis ont un nom de soignant en face.",
         {"reason": "Un seul besoin en deux jours, le suivi de onze personnes, confié à leurs soignants\u00a0; vigilance verte, plan EPI-CLIM terminé.",
          "options": "Rester en veille deux jours.", "known": "Prévisions sous 32\u00a0°C pour huit jours.", "decided_by": PILOT}),
)  # fmt: skip
