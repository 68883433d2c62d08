"""What a verification campaign asks, of whom, and what its answers amount to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crisis_plan.anticipation.directory.rules import ContactKind, ageing_until, is_stale

LINKS_LAST = timedelta(days=30)
"""Proposed for the life of the personal links."""
LONGEST = timedelta(days=180)
REMINDER_OFFERED = timedelta(days=7)
"""In the last week of a campaign, its reminder is offered."""
THEMSELVES = "la personne elle-même"


class Answer(StrEnum):
    """What the person said of their own line."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        return {"confirmed": "Confirmé", "corrected": "Corrigé"}[self.value]


class Decision(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"applied": "Acceptée", "declined": "Refusée"}[self.value]


class Freshness(StrEnum):
    """How long a contact must have gone unverified to be asked."""

    ANY = "any"
    SIX_MONTHS = "six_months"
    STALE = "stale"

    @property
    def label(self) -> str:
        return {
            "any": "Vérifiés ou non",
            "six_months": "Non vérifiés depuis plus de 6 mois",
            "stale": "À vérifier : depuis plus de 12 mois, ou jamais",
        }[self.value]

    @property
    def said(self) -> str:
        """As the title of an audience says it."""
        return {"any": "", "six_months": "non vérifiés depuis 6 mois", "stale": "à vérifier"}[self.value]

    def keeps(self, verified_on: date | None, today: date) -> bool:
        """Whether a contact verified that day is old enough to be asked."""
        if self is Freshness.STALE:
            return is_stale(verified_on, today)
        return self is Freshness.ANY or verified_on is None or verified_on <= ageing_until(today)


@dataclass(frozen=True)
class Audience:
    """Who is asked: every part narrows."""

    kind: ContactKind | None = None
    freshness: Freshness = Freshness.ANY
    profession: str = ""
    commune: str = ""

    @property
    def said(self) -> str:
        """In words: « Adhérents, à vérifier, Infirmier, Uzès »."""
        first = self.kind.plural if self.kind else "Tous les contacts"
        return ", ".join(part for part in (first, self.freshness.said, self.profession, self.commune) if part)

    @property
    def address(self) -> dict[str, str]:
        """As an address or a form carries it: without a word on verification, only the stale are meant."""
        asked = {
            "type": self.kind.value if self.kind else "",
            "depuis": self.freshness.value,
            "profession": self.profession,
            "commune": self.commune,
        }
        return {name: value for name, value in asked.items() if value}


def last_day_refusal(last_day: date, today: date) -> str:
    """Why the links of a campaign cannot end that day; nothing when they can."""
    if last_day <= today:
        return "Choisissez un jour à venir : les personnes ont besoin de temps pour répondre."
    if last_day > today + LONGEST:
        return "Un lien personnel ne reste pas ouvert plus de six mois : choisissez un jour plus proche."
    return ""


def is_open(*, is_closed: bool, last_day: date, today: date) -> bool:
    """Whether the personal links still answer: through their last day."""
    return not is_closed and today <= last_day


def offers_reminder(*, is_open: bool, was_reminded: bool, last_day: date, today: date) -> bool:
    """Whether it is time to say: one reminder may still be sent, and the links end soon."""
    return is_open and not was_reminded and last_day - today <= REMINDER_OFFERED


def share_said(part: int, whole: int) -> str:
    """« 49 % », rounded down: 100 only when all are there, and nobody is said to be nobody."""
    percent = part * 100 // whole if whole else 0
    return "moins de 1\u00a0%" if part and not percent else f"{percent}\u00a0%"


@dataclass(frozen=True)
class Share:
    """How far a campaign has come, in contacts."""

    asked: int = 0
    sent: int = 0
    on_its_way: int = 0
    lost: int = 0
    answered: int = 0
    confirmed: int = 0
    corrected: int = 0
    waiting: int = 0
    verified: int = 0
    to_call: int = 0
    to_remind: int = 0

    @property
    def answered_share(self) -> str:
        return share_said(self.answered, self.asked)

    @property
    def verified_share(self) -> str:
        return share_said(self.verified, self.asked)

    @property
    def mark(self) -> str:
        """Changes whenever a figure does: a page that shows this mark has nothing to learn."""
        return "-".join(str(figure) for figure in vars(self).values())
