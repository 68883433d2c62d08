"""The debrief of a crisis or an exercise: its meetings, its dates, when it may be validated. Source: domain, sections 3 and 8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BLAME_FREE = (
    "Un bilan sert à apprendre, jamais à juger des personnes\u00a0: on dit ce qui s’est passé, ce qui a aidé, ce qui a "
    "manqué, et ce que l’on change."
)
"""On top of every page and paper of a debrief (domain, section 8)."""

COLD_WITHIN = timedelta(days=14)
PARTNERS_WITHIN = timedelta(days=28)
REPORT_WITHIN = timedelta(days=28)
"""After the last meeting (domain, section 8)."""
LONGEST_TEXT = 20_000


class Meeting(StrEnum):
    """The three forms of a review, in their order."""

    HOT = "hot"
    COLD = "cold"
    PARTNERS = "partners"

    @property
    def label(self) -> str:
        return {"hot": "Retour à chaud", "cold": "Retour à froid", "partners": "Retour avec les partenaires"}[
            self.value
        ]

    @property
    def address(self) -> str:
        """How the address of its page calls it."""
        return {"hot": "a-chaud", "cold": "a-froid", "partners": "partenaires"}[self.value]


class FindingKind(StrEnum):
    STRONG = "strong"
    WEAK = "weak"

    @property
    def label(self) -> str:
        return {"strong": "Point fort", "weak": "Point faible"}[self.value]

    @property
    def tone(self) -> str:
        return {"strong": "ok", "weak": "warning"}[self.value]


class Heading(StrEnum):
    """The four headings of the trame (S004)."""

    DESCRIPTION = "description"
    STRONG = "strong"
    WEAK = "weak"
    LESSONS = "lessons"

    @property
    def label(self) -> str:
        return {
            "description": "Description de la crise et de la façon dont elle a été gérée",
            "strong": "Points forts",
            "weak": "Points faibles",
            "lessons": "Enseignements et choses à améliorer",
        }[self.value]


@dataclass(frozen=True)
class Dates:
    """When each meeting is planned, and by when the report is due."""

    hot_on: date
    cold_on: date
    partners_on: date
    report_on: date


def proposed_dates(over_on: date, *, hot_on: date | None = None, cold_on: date | None = None) -> Dates:
    """Hot at once, cold within two weeks, partners within four, the report within four more (domain, section 8).

    `hot_on`, `cold_on`: what the stand-down announced.
    """
    partners_on = over_on + PARTNERS_WITHIN
    return Dates(hot_on or over_on, cold_on or over_on + COLD_WITHIN, partners_on, partners_on + REPORT_WITHIN)
