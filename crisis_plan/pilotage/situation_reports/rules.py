"""What a situation report says, under which headings, and whom it is sent to. Source: domain, section 8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST = 6000
"""Characters under one heading: far more than a page, so that nothing typed in a hurry is refused."""
DEFAULT_PACE = timedelta(hours=4)
"""Until when the next point is proposed where the level gives no pace (our own choice)."""
DECISIONS_OF_THE_DUTY = timedelta(hours=12)
"""How far back the handover sheet looks for decisions (our own choice: a long duty)."""
ENTRIES_HANDED_OVER = 15
TASKS_HANDED_OVER = 24
"""Overdue first, then the next ones: the others are counted, so that the sheet stays a sheet."""
FEW_PAGES = 2
"""What a report and a handover sheet hold on, where that stays readable."""


class Heading(StrEnum):
    """The headings that a person writes under; next point, author and last entry are facts of the issue itself."""

    SITUATION = "situation"
    EVOLUTION = "evolution"
    LEVEL = "niveau"
    NEEDS = "besoins"
    MEANS = "moyens"
    STOCK = "stock"
    ACTIONS = "actions"
    CARE = "soins"
    COMMUNICATION = "communication"
    ASKED = "demandes"

    @property
    def label(self) -> str:
        return {
            "situation": "Situation",
            "evolution": "Évolution attendue",
            "niveau": "Niveau du plan",
            "besoins": "Besoins par commune",
            "moyens": "Moyens engagés",
            "stock": "Stock\u00a0: ce qui manque, ce qui est sorti",
            "actions": "Actions faites et en cours",
            "soins": "Continuité des soins",
            "communication": "Communication faite",
            "demandes": "Décisions demandées à l’ARS",
        }[self.value]

    @property
    def hint(self) -> str:
        """What the person who edits should look at."""
        return {
            "situation": "Ce que l’on sait, les dernières décisions.",
            "evolution": "Ce que l’on attend dans les prochaines heures. Repris du point précédent s’il y en a un\u00a0: l’outil ne le calcule pas.",
            "niveau": "",
            "besoins": "Ce qui est encore à couvrir\u00a0: des nombres, jamais des noms de patients.",
            "moyens": "Professionnels par profession, heures, fonctions de la cellule.",
            "stock": "",
            "actions": "",
            "soins": "Par type de soin\u00a0: des nombres, jamais des noms de patients.",
            "communication": "",
            "demandes": "Ce que la CPTS ne peut pas décider seule. Repris du point précédent s’il y en a un\u00a0: l’outil ne le calcule pas.",
        }[self.value]

    @property
    def is_calculated(self) -> bool:
        """Whether the tool knows something of it."""
        return self not in CARRIED_OVER


CARRIED_OVER = frozenset({Heading.EVOLUTION, Heading.ASKED})
"""What nothing calculates: taken over from the report before, to be read again."""


class Reader(StrEnum):
    """Whom a report may be sent to, as the directory and the cell know them."""

    ARS = "ars"
    INSTITUTIONS = "institutions"
    PARTNERS = "partenaires"
    ESTABLISHMENTS = "etablissements"
    CELL = "cellule"

    @property
    def label(self) -> str:
        return {
            "ars": "ARS",
            "institutions": "Autres institutions",
            "partenaires": "Partenaires",
            "etablissements": "Établissements",
            "cellule": "Cellule de crise",
        }[self.value]


class Joining(StrEnum):
    """What becomes of the text that is written when what is calculated is taken again."""

    REPLACE = "remplacer"
    APPEND = "ajouter"

    @property
    def label(self) -> str:
        return {"remplacer": "Remplacer le texte écrit", "ajouter": "Ajouter à la suite"}[self.value]


def joined(written: str, calculated: str, how: Joining) -> str:
    """The text of a heading once what is calculated was taken."""
    if how is Joining.REPLACE or not written.strip():
        return calculated
    return f"{written}\n\n{calculated}" if calculated.strip() else written


def report_name(number: int) -> str:
    """« Point de situation n° 3 »."""
    return f"Point de situation n°\u00a0{number}"


def is_due(next_point_at: datetime | None, now: datetime) -> bool:
    """Whether the situation report that was promised is awaited."""
    return next_point_at is not None and next_point_at <= now


def proposed_next_point(next_point_at: datetime | None, pace_minutes: int | None, now: datetime) -> datetime:
    """When the point after this one may be: as it was fixed while that is to come, else at the pace of the level."""
    if next_point_at is not None and next_point_at > now:
        return next_point_at
    return now + (timedelta(minutes=pace_minutes) if pace_minutes else DEFAULT_PACE)


def written_headings(said: dict[str, str]) -> Iterable[tuple[Heading, str]]:
    """The headings in their order, each with what is written under it, be it nothing."""
    return ((heading, said.get(heading.value, "")) for heading in Heading)
