"""The three lists of the fictional CPTS: the proposed lines, some reworded, one kind of care still without a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.arrangements import operations, queries
from crisis_plan.adaptation.arrangements.descriptions import ArrangementDescription
from crisis_plan.adaptation.arrangements.queries import Choices
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.demo.people import People
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

PLACES = {
    "Recevoir des blessés légers et des personnes choquées": "gymnase",
    "Dépister et vacciner en nombre": "gymnase",
    "Blessés légers hors des cabinets": "gymnase",
    "Patients contagieux à part des autres": "maison de sante",
    "Cabinet ou pharmacie fermés": "maison de sante",
    "Soins complexes ou quotidiens": "foyer",
}
"""Where some of the proposed lines are answered here, by a word of the place's name."""
WAITS = {CareKind.DIALYSIS: 48, CareKind.OXYGEN: 4, CareKind.INSULIN: 24, CareKind.WOUNDS: 48, CareKind.ONCOLOGY: 168}
"""Hours that the professionals of this fictional CPTS agreed on: a story, not a rule, and each line says so."""
OWN_WAIT = "Le délai indiqué est celui que la CPTS s’est fixé."
UNWRITTEN = CareKind.PREGNANCY
"""The midwives' meeting has not taken place yet: the plan shows the gap."""
OWN = ArrangementDescription(
    what="Faire garder les enfants des soignants",
    answer="La mairie d’Uzès ouvre l’accueil périscolaire aux enfants des professionnels mobilisés.",
    who="Mairies, ressources humaines de la cellule",
    where="Écoles désignées par chaque mairie",
    crisis_types=(CrisisType.CARE_DISRUPTED,),
)


def tell_arrangements(cpts: Cpts, people: People, *, today: date) -> None:
    """Every list taken, then places and delays written by those who know them."""
    at = datetime.combine(today - timedelta(days=25), time(18, 30), tzinfo=ZoneInfo("Europe/Paris"))
    known = queries.choices(cpts)
    for kind in ArrangementKind:
        for line in operations.take_proposed(cpts, kind, by=people.coordinator, at=at):
            if line.care is UNWRITTEN:
                operations.remove(line, by=people.coordinator, at=at + timedelta(days=1))
                continue
            taken = ArrangementDescription(
                what=line.what,
                answer=line.answer,
                function=line.function,
                who=line.who,
                where=line.where,
                crisis_types=tuple(crisis_types(line.crisis_types)),
                care=line.care,
            )
            operations.change(
                line, _at_home(taken, known), seen_version=line.version, by=people.referent, at=at + timedelta(days=7)
            )
    operations.add(cpts, ArrangementKind.NEED, OWN, by=people.coordinator, at=at + timedelta(days=8))


def _at_home(taken: ArrangementDescription, known: Choices) -> ArrangementDescription:
    """The same line, with where it is answered here and how long it can wait."""
    word = PLACES.get(taken.what)
    place = next((one for one in known.places if word and word in folded(one.name)), None)
    wait = WAITS.get(taken.care) if taken.care else None
    answer = f"{taken.answer} {OWN_WAIT}" if wait else taken.answer
    return replace(taken, answer=answer, place=place, within_hours=wait)
