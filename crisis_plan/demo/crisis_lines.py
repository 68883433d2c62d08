"""What was written in the logbooks of the demonstration: minutes after the opening, who, what kind, what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crisis_plan.pilotage.logbook.rules import EntryKind

REFERENT, COORDINATION, CELL = "referent", "coordination", "cellule"


@dataclass(frozen=True)
class Line:
    """One entry as it was written; `late`: how many minutes after the fact, and why."""

    minutes: int
    who: str
    kind: EntryKind
    text: str
    said: dict[str, Any] = field(default_factory=dict)
    late: int = 0
    why_late: str = "Personne n’était au clavier."


FIRE = (
    Line(4, REFERENT, EntryKind.INFORMATION, "Appel à la mairie d’Uzès\u00a0: le gymnase reçoit les habitants évacués de Belvézet depuis 13\u00a0h\u00a030.",
         {"origin": "Mairie d’Uzès", "channel": "Téléphone"}),
    Line(9, CELL, EntryKind.REQUEST, "Le SDIS demande deux infirmières au gymnase pour les yeux et les voies respiratoires irrités.",
         {"origin": "SDIS 30, poste de commandement", "channel": "Téléphone", "quote": "Pas de blessé grave, beaucoup de monde fatigué."}),
    Line(14, REFERENT, EntryKind.DECISION, "Deux infirmières d’Uzès et un médecin de la maison de santé vont au gymnase jusqu’à 20\u00a0h.",
         {"reason": "Une centaine de personnes y arrivent, les urgences de Nîmes sont saturées.",
          "options": "Envoyer tout le monde aux urgences\u00a0; attendre le SAMU.",
          "known": "108 personnes comptées par la mairie à 14\u00a0h, aucun blessé grave.",
          "decided_by": "Direction (pilote), Claire Vidal"}),
    Line(22, CELL, EntryKind.ACTION_STARTED, "Les deux infirmières partent avec 100 masques FFP2 et 40 flacons de sérum physiologique.",
         {"recipient": "Gymnase d’Uzès"}),
    Line(31, CELL, EntryKind.NEED, "À Saint-Quentin-la-Poterie, 6 patients sous oxygène à domicile\u00a0: la coupure d’électricité est annoncée pour 17\u00a0h.",
         {"origin": "Prestataire d’oxygène", "channel": "Téléphone"}),
    Line(38, COORDINATION, EntryKind.INFORMATION, "Pharmacie de garde confirmée à Uzès jusqu’à minuit, celle de Saint-Quentin-la-Poterie ferme à 16\u00a0h.",
         {"origin": "Pharmacie de garde"}),
    Line(55, REFERENT, EntryKind.DECISION, "Les 6 patients sous oxygène sont rejoints avant 16\u00a0h\u00a030\u00a0; bouteilles de secours livrées par le prestataire.",
         {"reason": "L’autonomie des concentrateurs est de moins d’une heure sans courant.",
          "options": "Transfert à l’hôpital d’Uzès\u00a0; groupe électrogène de la commune.",
          "decided_by": "Soins et continuité, Luc Fabre"}),
    Line(74, CELL, EntryKind.ACTION_DONE, "Les 6 patients sous oxygène ont été vus\u00a0; 2 sont accueillis à l’EHPAD de Saint-Quentin-la-Poterie pour la nuit.",
         {"origin": "Cabinet infirmier de Saint-Quentin-la-Poterie"}),
    Line(96, CELL, EntryKind.INFORMATION, "Le vent tourne au nord\u00a0: les fumées arrivent sur Uzès vers 17\u00a0h.", {"origin": "SDIS 30"}, 25),
    Line(121, COORDINATION, EntryKind.MESSAGE, "Conseils contre les fumées envoyés aux adhérents\u00a0: rester à l’intérieur, FFP2 dehors, personnes fragiles appelées.",
         {"recipient": "Adhérents", "channel": "Courriel"}),
    Line(150, CELL, EntryKind.INSTRUCTION, "L’ARS demande un point de situation à 18\u00a0h et le nombre de personnes fragiles déplacées.",
         {"origin": "ARS Occitanie, cellule régionale", "channel": "Téléphone"}),
    Line(205, CELL, EntryKind.INFORMATION, "74 personnes vues au gymnase\u00a0: 61 conseils, 11 yeux irrités, 2 crises d’asthme orientées vers la maison de santé.",
         {"origin": "Infirmières du gymnase"}),
    Line(250, CELL, EntryKind.NEED, "Le gymnase manque de sérum physiologique\u00a0: il reste 12 flacons.", {"origin": "Infirmières du gymnase"}),
    Line(330, REFERENT, EntryKind.DECISION, "Relève de nuit au gymnase\u00a0: une infirmière et un médecin d’astreinte par téléphone.",
         {"decided_by": "Direction (pilote), Claire Vidal"}),
    Line(395, CELL, EntryKind.INFORMATION, "Nuit calme au gymnase, 46 personnes y dorment.", {"origin": "Mairie d’Uzès"}),
    Line(960, COORDINATION, EntryKind.INFORMATION, "Trois cabinets de Saint-Quentin-la-Poterie et de Fons ferment jusqu’à demain\u00a0; leurs tournées sont reprises par Uzès.", {}, 0),
    Line(1045, REFERENT, EntryKind.INSTRUCTION, "La préfecture autorise le retour des habitants de Belvézet à partir de 14\u00a0h.",
         {"origin": "Préfecture du Gard", "channel": "Courriel"}),
    Line(1130, CELL, EntryKind.ACTION_DONE, "Les deux patients accueillis à l’EHPAD de Saint-Quentin-la-Poterie sont rentrés chez eux avec leur concentrateur.",
         {"origin": "EHPAD de Saint-Quentin-la-Poterie"}),
    Line(1410, COORDINATION, EntryKind.DOCUMENT, "Affiche «\u00a0Fumées\u00a0: que faire\u00a0?\u00a0» envoyée aux mairies et aux pharmacies.",
         {"recipient": "Mairies, pharmacies", "channel": "Courriel"}),
    Line(2700, CELL, EntryKind.INFORMATION, "Le gymnase ferme\u00a0: plus personne n’y dort.", {"origin": "Mairie d’Uzès"}),
)  # fmt: skip
"""A fire of the garrigue, four days of it."""

SCREENING = (
    Line(6, CELL, EntryKind.INFORMATION, "L’animatrice annonce\u00a0: le laboratoire de Bagnols est fermé, 12 appels de patients en attente.",
         {"origin": "Animation de l’exercice"}),
    Line(18, REFERENT, EntryKind.DECISION, "Les prélèvements urgents vont à la maison de santé de Remoulins, le reste attend demain.",
         {"reason": "Deux préleveuses seulement sont disponibles ce matin.", "decided_by": "Direction (pilote), Claire Vidal"}),
    Line(37, CELL, EntryKind.ACTION_STARTED, "Liste des préleveuses volontaires appelée."),
    Line(61, COORDINATION, EntryKind.INFORMATION, "Deux numéros de l’annuaire ne répondent plus\u00a0: à corriger après l’exercice."),
)  # fmt: skip
"""A table-top exercise of a morning, finished."""

NIGHT = (
    Line(3, REFERENT, EntryKind.INFORMATION, "L’animatrice annonce\u00a0: messagerie de l’hôpital chiffrée par un rançongiciel, standard coupé.",
         {"origin": "Animation de l’exercice"}),
    Line(11, CELL, EntryKind.REQUEST, "L’hôpital demande à la CPTS de garder 24\u00a0h les sortants prévus aujourd’hui.",
         {"origin": "Hôpital d’Uzès (joué)", "channel": "Téléphone"}),
    Line(19, REFERENT, EntryKind.DECISION, "Les sortants sont appelés par leur infirmière\u00a0; aucun ne change de lieu avant 18\u00a0h.",
         {"reason": "Leurs ordonnances sont dans le dossier bloqué.", "options": "Refuser la demande.", "decided_by": "Soins et continuité"}),
    Line(27, CELL, EntryKind.NEED, "Quatre dialysés de demain matin\u00a0: transport à confirmer vers Nîmes.", {"origin": "Centre de dialyse (joué)"}),
)  # fmt: skip
"""An exercise that is being played now."""
