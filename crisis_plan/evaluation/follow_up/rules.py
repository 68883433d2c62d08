"""The dates of a debrief that somebody still has to keep, and of which its owner is reminded (domain, section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from crisis_plan.evaluation.debriefs.dates import PlannedMeeting
from crisis_plan.web.formats import long_date

WARNED = timedelta(days=7)
"""The dates of a debrief are said so long before (our own choice)."""
REPORT = "report"


class CountedMeeting(PlannedMeeting, Protocol):
    """A meeting of a debrief that counts its changes."""

    @property
    def version(self) -> int: ...


class Reviewed(Protocol):
    """A debrief that is being written."""

    @property
    def id(self) -> UUID: ...
    @property
    def subject(self) -> str: ...
    @property
    def report_on(self) -> date: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def reminded(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def meetings(self) -> Sequence[CountedMeeting]: ...


@dataclass(frozen=True)
class DebriefDay:
    """A date to keep: a meeting (its key), or the report."""

    key: str
    day: date
    what: str
    """« Retour à froid de la crise n° 1 », « Bilan de la crise n° 1 »."""
    revision: int

    @property
    def token(self) -> str:
        """How a debrief remembers that its owner was reminded of this very date."""
        return f"{self.key}:{self.day}"

    def sentence(self, today: date) -> str:
        """« Le retour à froid de la crise n° 1 est prévu le 14 août 2026. »"""
        what, day = f"Le {_in_a_sentence(self.what)}", long_date(self.day)
        if self.key == REPORT and self.day < today:
            return f"{what} était à valider avant le {day}\u00a0: validez-le, ou fixez une autre date."
        if self.key == REPORT:
            return f"{what} est à valider avant le {day}."
        if self.day < today:
            return f"{what} était prévu le {day}\u00a0: dites s’il a eu lieu, ou fixez une autre date."
        return f"{what} est prévu le {day}."


def debrief_days(debrief: Reviewed) -> list[DebriefDay]:
    """The meetings that are planned and were not held, then the report; of a debrief that nobody validated yet."""
    about = of_subject(debrief.subject)
    meetings = [
        DebriefDay(one.meeting.value, one.planned_on, f"{one.meeting.label} {about}", one.version)
        for one in debrief.meetings
        if one.planned_on and not one.held_on
    ]
    return [*meetings, DebriefDay(REPORT, debrief.report_on, f"Bilan {about}", debrief.version)]


def to_remind(debrief: Reviewed, today: date) -> list[DebriefDay]:
    """The dates that have come and of which its owner was not reminded; another date set is another reminder."""
    known = debrief.reminded.split()
    return [one for one in debrief_days(debrief) if one.day <= today and one.token not in known]


def reminded(debrief: Reviewed, told: Iterable[DebriefDay]) -> str:
    """What the debrief remembers once its owner was reminded of these: one date for each meeting and the report."""
    tokens = {token.partition(":")[0]: token for token in debrief.reminded.split()}
    return " ".join((tokens | {one.key: one.token for one in told}).values())


def of_subject(subject: str) -> str:
    """« de la crise n° 1 », « de l’exercice sur table », « du test de communication »."""
    word = _in_a_sentence(subject)
    if word.startswith(("crise", "formation")):
        return f"de la {word}"
    if word.startswith(("exercice", "information")):
        return f"de l’{word}"
    return f"du {word}" if word.startswith("test") else f"({subject})"


def _in_a_sentence(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
