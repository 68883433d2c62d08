"""How a debrief of the demonstration is told: its meetings, what was found in them, what was decided of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.demo.crisis_script import PARIS, entry_saying, working_day
from crisis_plan.document.typography import NARROW, french
from crisis_plan.evaluation.debriefs import findings, meetings
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.meetings import Told as ToldMeeting
from crisis_plan.evaluation.debriefs.rules import FindingKind, Meeting
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Target
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan.requirements import requirement

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
    from crisis_plan.evaluation.improvements.models import Improvement

STRONG, WEAK = FindingKind.STRONG, FindingKind.WEAK


@dataclass(frozen=True)
class Held:
    """A meeting as it took place: the first working day so long after the end, by whom, with whom."""

    meeting: Meeting
    days_after: int
    facilitator: str
    people: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True)
class Where:
    """Where in the plan: a section by its key, or a card by the first words of its title."""

    section: str = ""
    card: str = ""


@dataclass(frozen=True)
class Answer:
    """What was decided of a weak point; `owner`: who of the story, or a name; days before today that it is due."""

    text: str
    owner: str
    due_days_ago: int
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Found:
    """A finding as it was said and as it is validated, with words of the entries that it rests on."""

    kind: FindingKind
    said: str
    validated: str = ""
    where: Where = field(default_factory=Where)
    entries: tuple[str, ...] = ()
    answer: Answer | None = None
    refused: str = ""


def hold(debrief: Debrief, held: Iterable[Held], *, by: Account) -> None:
    """These meetings took place, each told the day after."""
    for one in held:
        meeting = next(found for found in debrief.meetings if found.meeting is one.meeting)
        day = working_day(debrief.over_on + timedelta(days=one.days_after))
        planned_on = working_day(meeting.planned_on) if meeting.planned_on else None
        told = ToldMeeting(planned_on, day, one.facilitator, "\n".join(one.people), typed(one.notes))
        at = evening(day + timedelta(days=1))
        meetings.tell(debrief, meeting, told, seen_version=meeting.version, today=at.date(), by=by, at=at)


def give_up(debrief: Debrief, meeting: Meeting, why: str, *, by: Account, at: datetime) -> None:
    """This meeting will not be held."""
    found = next(one for one in debrief.meetings if one.meeting is meeting)
    told = ToldMeeting(None, notes=typed(why))
    meetings.tell(debrief, found, told, seen_version=found.version, today=at.date(), by=by, at=at)


def find(cpts: Cpts, debrief: Debrief, found: Found, *, by: Account, at: datetime) -> DebriefFinding:
    """Somebody writes down what was said, the entries that it rests on, where in the plan it leads."""
    cited = [entry_saying(debrief.crisis, words).id for words in found.entries] if debrief.crisis else []
    point = Point(found.kind, target(cpts, found.where), cited, typed(found.validated))
    return findings.add(debrief, typed(found.said), point, by=by, at=at)


def decide(
    cpts: Cpts,
    debrief: Debrief,
    finding: DebriefFinding,
    found: Found,
    who: dict[str, Account],
    *,
    today: date,
    by: Account,
    at: datetime,
) -> Improvement | None:
    """The improvement that answers it, or the refusal; none where nothing was decided yet."""
    if found.refused:
        return findings.refuse(debrief, finding, typed(found.refused), by=by, at=at)
    if found.answer is None:
        return None
    return findings.decide(debrief, finding, decided(cpts, found.answer, who, today=today), by=by, at=at)


def decided(cpts: Cpts, answer: Answer, who: dict[str, Account], *, today: date) -> Decided:
    """Who does what, by when, where in the plan."""
    account = who.get(answer.owner)
    owner = Owner(account.id, account.name) if account else Owner(name=answer.owner)
    due_on = today - timedelta(days=answer.due_days_ago)
    return Decided(typed(answer.text), owner, due_on, target(cpts, answer.where))


def target(cpts: Cpts, where: Where) -> Target:
    """The section or the card, as it is called today."""
    if where.section:
        return Target(section_key=where.section, title=requirement(where.section).label)
    if where.card:
        card_id, title = next(one for one in responses.titles(cpts) if one[1].startswith(where.card))
        return Target(card_id=card_id, title=title)
    return Target()


def typed(text: str) -> str:
    """The same words with the spaces of French."""
    return french(text).replace(NARROW, "\u00a0")


def evening(day: date) -> datetime:
    return datetime.combine(day, time(18, 30), PARIS)
