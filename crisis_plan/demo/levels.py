"""The ladder of the fictional CPTS: the proposed one, reworded after a meeting with the ARS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.levels import operations, queries
from crisis_plan.adaptation.levels.descriptions import LevelDescription
from crisis_plan.demo.people import People
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Told:
    """What the CPTS added to a proposed level; items and places by a word of their name."""

    items: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mobilises: str = ""
    report_every_minutes: int | None = None


REWORDED = {
    "Pré-alerte": Told(
        mobilises="Les titulaires de la cellule répondent à l’appel d’essai dans l’heure. Le secrétariat ouvre le journal "
        "de bord et compte masques et solution hydroalcoolique.",
        report_every_minutes=24 * 60,
    ),
    "Activation partielle": Told(
        items=("masque", "gant", "gel"),
        places=("maison de sante",),
        mobilises="Les volontaires des communes touchées sont appelés, les tournées partagées entre cabinets.",
        report_every_minutes=6 * 60,
    ),
    "Activation totale": Told(
        items=("masque", "gant", "gel", "surblouse", "test"),
        places=("gymnase", "foyer", "maison de sante", "salle"),
        mobilises="Toute la cellule siège avec des relèves de huit heures. Tous les adhérents sont appelés. Les renforts "
        "sont demandés à l’ARS.",
        report_every_minutes=4 * 60,
    ),
}


def tell_levels(cpts: Cpts, people: People, *, today: date) -> None:
    """The four proposed levels, then what each mobilises here."""
    taken = datetime.combine(today - timedelta(days=35), time(18, 0), tzinfo=PARIS)
    means = queries.means(cpts)
    for level in operations.take_proposed(cpts, by=people.coordinator, at=taken):
        if told := REWORDED.get(level.name):
            description = LevelDescription(
                name=level.name,
                criteria=level.criteria,
                decided_by=level.decided_by,
                mobilises=told.mobilises,
                report_every_minutes=told.report_every_minutes,
                silence_reminder_minutes=level.silence_reminder_minutes,
                functions=tuple(level.functions),
                items=tuple(item for item in means.items if named(item.name, told.items)),
                places=tuple(place for place in means.places if named(place.name, told.places)),
            )
            operations.change(
                cpts, level, description, seen_version=level.version, by=people.referent, at=taken + timedelta(days=7)
            )


def named(name: str, wanted: tuple[str, ...]) -> bool:
    """Whether one of these words is in the name."""
    return any(word in folded(name) for word in wanted)
