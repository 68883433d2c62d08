"""What was written in the logbook of the heatwave, days 0 to 2: the vigilance, the first request, the first visits."""

from __future__ import annotations

from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT, Line
from crisis_plan.pilotage.logbook.rules import EntryKind

OPENS_AT = 10 * 60 + 20
"""Minutes of the day at which the crisis opens."""
PILOT, CARE = "Direction (pilote), Claire Vidal", "Soins et continuité, Luc Fabre"


def on(day: int, hour: int, minute: int) -> int:
    """Minutes after the opening, from the day of the crisis (0 is the first) and the hour of the clock."""
    return day * 24 * 60 + hour * 60 + minute - OPENS_AT


RISE = (
    Line(on(0, 10, 27), REFERENT, EntryKind.INFORMATION, "Vigilance orange canicule annoncée pour demain midi, quatre jours au moins\u00a0: 38 à 39\u00a0°C l’après-midi, pas moins de 21\u00a0°C la nuit.",
         {"origin": "Bulletin de vigilance", "channel": "Courriel"}),
    Line(on(0, 10, 44), COORDINATION, EntryKind.ACTION_STARTED, "Appel des quatorze mairies de l’annuaire, trois questions\u00a0: registre des personnes fragiles à jour\u00a0? salle rafraîchie\u00a0? qui appelle les inscrits\u00a0?"),
    Line(on(0, 11, 52), COORDINATION, EntryKind.INFORMATION, "Neuf mairies ont répondu. Le CCAS d’Uzès a commencé à appeler ses 62 inscrits. Trois communes n’ont pas rouvert leur registre depuis l’an dernier.",
         {"origin": "Mairies, CCAS", "analysis": "Les registres ne se comptent pas tous de la même façon\u00a0: inscrits, foyers ou numéros."}),
    Line(on(0, 12, 10), REFERENT, EntryKind.DECISION, "Pas de visites supplémentaires aujourd’hui\u00a0: chaque cabinet prévient ses patients les plus exposés et nous donne un nombre ce soir.",
         {"reason": "La chaleur n’est pas là, et personne ne sait encore combien de domiciles sont concernés.",
          "options": "Lancer tout de suite des tournées\u00a0; attendre la demande de l’ARS.",
          "known": "Vigilance pour demain midi\u00a0; neuf mairies sur quatorze jointes.", "decided_by": PILOT}),
    Line(on(0, 15, 35), COORDINATION, EntryKind.INFORMATION, "L’EHPAD Les Oliviers a mis en route son plan bleu. Sa pièce rafraîchie tient 40 résidents\u00a0; deux lits d’accueil temporaire possibles.",
         {"origin": "EHPAD Les Oliviers", "channel": "Téléphone"}, 80, "En réunion avec la préfecture\u00a0: personne ne tenait le journal."),
    Line(on(0, 16, 20), CELL, EntryKind.INFORMATION, "Le SAS compte depuis midi un cinquième d’appels de plus qu’un jour ordinaire, surtout des malaises de personnes âgées.",
         {"origin": "SAS 30", "channel": "Téléphone"}),
    Line(on(0, 17, 15), REFERENT, EntryKind.INSTRUCTION, "La préfecture demande à chaque partenaire un interlocuteur joignable de 8\u00a0h à 20\u00a0h tant que dure la vigilance.",
         {"origin": "Préfecture du Gard", "channel": "Visioconférence"}),
    Line(on(0, 18, 10), COORDINATION, EntryKind.DOCUMENT, "Fiche d’une page «\u00a0Fortes chaleurs\u00a0: qui appeler, quand faire le 15\u00a0» envoyée aux cabinets et aux pharmacies pour affichage.",
         {"recipient": "Cabinets, pharmacies", "channel": "Courriel"}),
    Line(on(0, 19, 5), REFERENT, EntryKind.DECISION, "La cellule se retrouve chaque jour à 8\u00a0h\u00a030 et à 18\u00a0h\u00a030, par téléphone, vingt minutes pas plus.",
         {"decided_by": PILOT}),
    Line(on(0, 19, 40), COORDINATION, EntryKind.INFORMATION, "Retour des cabinets\u00a0: 38 ont répondu sur 61. Ils suivent 214 personnes qu’ils jugent exposées."),
    Line(on(1, 8, 32), COORDINATION, EntryKind.INFORMATION, "Point du matin\u00a0: 22\u00a0°C à 7\u00a0h à Uzès. Rien de nouveau cette nuit."),
    Line(on(1, 9, 10), CELL, EntryKind.INFORMATION, "Les quatorze mairies ont redit ce matin ce qu’elles ouvrent. Salles rafraîchies ouvertes à midi\u00a0: Uzès (médiathèque), Remoulins (foyer), Aramon (salle des fêtes).",
         {"origin": "Mairies", "channel": "Téléphone"}),
    Line(on(1, 10, 50), REFERENT, EntryKind.DECISION, "Les 9 domiciles sans bouteille de secours sont appelés aujourd’hui par leur infirmière\u00a0; numéro du prestataire et du 15 sur le réfrigérateur.",
         {"reason": "Une coupure est probable en fin de journée, et la livraison n’arrive que demain.",
          "options": "Transférer les 9 personnes en établissement\u00a0; emprunter des bouteilles à l’hôpital.",
          "known": "Réseau électrique tendu l’après-midi, aucune coupure annoncée.", "decided_by": CARE}),
    Line(on(1, 11, 40), COORDINATION, EntryKind.INFORMATION, "Centre de dialyse de Nîmes\u00a0: toutes les séances sont maintenues, salle climatisée. Deux transporteurs demandent à partir une heure plus tôt.",
         {"origin": "Centre de dialyse", "channel": "Téléphone"}),
    Line(on(1, 13, 30), CELL, EntryKind.INFORMATION, "Visites à domicile\u00a0: les cabinets d’Aramon et de Montfrin ne peuvent pas en ajouter, leurs tournées finissent déjà à 14\u00a0h.",
         {"origin": "Cabinets infirmiers d’Aramon et de Montfrin"}),
    Line(on(1, 14, 29), COORDINATION, EntryKind.INFORMATION, "Maison de santé de Remoulins\u00a0: la climatisation de la salle de réunion est en panne, 33\u00a0°C dedans."),
    Line(on(1, 16, 15), REFERENT, EntryKind.DECISION, "Visites de l’après-midi partagées par secteur\u00a0: d’abord les personnes seules, puis celles sous diurétiques ou sous oxygène.",
         {"reason": "L’ARS demande d’agir, et quatre cabinets sur dix seulement ont de la marge.",
          "options": "Visites tirées des seuls registres communaux\u00a0; visites à la demande du SAS.",
          "known": "214 personnes suivies par les cabinets, 391 inscrits dans les registres connus, sans recoupement possible.",
          "decided_by": CARE}),
    Line(on(1, 18, 5), COORDINATION, EntryKind.INFORMATION, "Maison de santé toujours sans climatisation\u00a0: la réunion de demain se tiendra au foyer communal de Saint-Quentin-la-Poterie, lieu de repli du plan.", {}, 45,
         "Saisi après l’appel à la mairie, qui a duré."),
    Line(on(1, 19, 25), CELL, EntryKind.INFORMATION, "Premier soir\u00a0: 37 visites faites sur 52 prévues. 4 personnes orientées vers leur médecin, 1 vers les urgences.",
         {"origin": "Infirmiers des quatre secteurs"}),
    Line(on(2, 8, 35), COORDINATION, EntryKind.INFORMATION, "Point du matin\u00a0: 23\u00a0°C à 7\u00a0h. Onze appels du SAS pour le territoire cette nuit, deux transports."),
    Line(on(2, 10, 40), CELL, EntryKind.REQUEST, "La mairie de Saint-Geniès-de-Malgoirès demande une infirmière deux heures par jour dans sa salle rafraîchie, 25 personnes attendues.",
         {"origin": "Mairie de Saint-Geniès-de-Malgoirès", "channel": "Téléphone", "quote": "On a la salle et l’eau, mais personne pour voir si quelqu’un va mal."}),
    Line(on(2, 11, 30), REFERENT, EntryKind.DECISION, "Oui pour Saint-Geniès-de-Malgoirès\u00a0: une infirmière de 14\u00a0h à 16\u00a0h, à tour de rôle, tant que la salle est ouverte.",
         {"reason": "Voir 25 personnes au même endroit prend moins de temps que dix visites.",
          "options": "Passage d’un bénévole formé\u00a0; rien, les inscrits étant déjà appelés.",
          "known": "Deux infirmières du secteur volontaires.", "decided_by": CARE}),
    Line(on(2, 12, 20), COORDINATION, EntryKind.INFORMATION, "Pharmaciens\u00a0: liste commune des médicaments à garder au frais pendant le trajet. Trois officines prêtent des pochettes isothermes aux infirmiers.",
         {"origin": "Pharmacies d’Uzès, Remoulins et Aramon"}),
    Line(on(2, 13, 5), CELL, EntryKind.INFORMATION, "SSIAD\u00a0: passages avancés à 6\u00a0h\u00a030 pour finir avant 13\u00a0h. Les repas portés l’après-midi sont remplacés par des repas froids du matin.",
         {"origin": "SSIAD d’Uzès, mairie d’Uzès"}),
    Line(on(2, 14, 2), CELL, EntryKind.INFORMATION, "Kinésithérapeutes\u00a0: six cabinets proposent d’appeler chaque après-midi des personnes isolées à la place de leurs séances annulées.",
         {"origin": "Masseurs-kinésithérapeutes du territoire"}),
    Line(on(2, 15, 0), REFERENT, EntryKind.DECISION, "Les appels de l’après-midi aux personnes isolées passent aux kinésithérapeutes\u00a0; les infirmiers gardent les visites.",
         {"reason": "Les infirmiers finissent leurs tournées au pire moment de la journée.",
          "known": "Six cabinets de kinésithérapie volontaires, une trentaine d’appels possibles par jour.", "decided_by": PILOT}),
    Line(on(2, 15, 58), CELL, EntryKind.INFORMATION, "Un cabinet d’Uzès signale deux malaises de soignants en tournée. Voiture sans climatisation à 14\u00a0h."),
    Line(on(2, 16, 55), REFERENT, EntryKind.DECISION, "Aucune tournée entre 13\u00a0h et 17\u00a0h sauf soin qui ne peut pas attendre\u00a0; les cabinets s’échangent les passages du matin.",
         {"reason": "Deux soignants ont eu un malaise\u00a0: une équipe qui tombe ne soigne plus personne.",
          "options": "Tournées à deux\u00a0; prêt d’un véhicule climatisé par la mairie.",
          "known": "38,4\u00a0°C à 14\u00a0h, vigilance rouge évoquée pour demain.", "decided_by": PILOT}),
    Line(on(2, 19, 30), COORDINATION, EntryKind.INFORMATION, "48 visites sur 50 aujourd’hui, 31 appels faits par les kinésithérapeutes. Vigilance rouge confirmée pour demain midi.",
         {"origin": "Secteurs\u00a0; bulletin de vigilance"}),
)  # fmt: skip
