"""How a crisis of the demonstration is told: what everyone does, each thing at its hour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import commit, db
from crisis_plan.demo.crisis_lines import REFERENT, Line
from crisis_plan.folding import folded
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import Part, Written
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.room.openings import Opening
from crisis_plan.pilotage.room.operations import open_crisis
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.pilotage.tasks import ticks
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.pilotage.tasks.ticks import Tick

Script = Sequence[tuple[int, Callable[[datetime], object]]]
"""Minutes after the opening, and what is done then."""
PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
"""Month and day of those that never move."""


def working_day(day: date) -> date:
    """This day, or the next one that is neither of a weekend nor one of these holidays."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day


def opened(cpts: Cpts, opening: Opening, *, by: Account, at: datetime) -> Crisis:
    commit()  # opening reads what is committed, then takes the lock
    return open_crisis(cpts, opening, by=by, at=at)


def play(at: datetime, *scripts: Script) -> None:
    """Every act in the order of the clock: numbers of a logbook follow the hours at which it was written."""
    acts = sorted((act for script in scripts for act in script), key=lambda act: act[0])
    for minutes, act in acts:
        act(at + timedelta(minutes=minutes))


def lines(crisis: Crisis, lines: Iterable[Line], who: dict[str, Account]) -> Script:
    """What people wrote, each at their hour."""

    def written(line: Line, now: datetime) -> None:
        happened = now - timedelta(minutes=line.late) if line.late else None
        reason = line.why_late if line.late else ""
        said = Written(line.kind, line.text, happened_at=happened, late_reason=reason, **line.said)
        append_entry(crisis, said, by=who[line.who], at=now)

    return [(line.minutes, partial(written, line)) for line in lines]


def entry_saying(crisis: Crisis, words: str) -> LogbookEntry:
    """The first entry of the log that says these words. Raises when none does."""
    of_it = (
        LogbookEntry.crisis_id == crisis.id,
        LogbookEntry.part == Part.MAIN,
        LogbookEntry.search_text.contains(folded(words)),
    )
    return db.session.scalars(sa.select(LogbookEntry).where(*of_it).order_by(LogbookEntry.number).limit(1)).one()


def gestures(crisis: Crisis, by: Account, minutes: int, *, done: int, dropped: int) -> Script:
    """The first tasks of the list, one a minute: done, then dropped with a word."""

    def tick(state: TaskState, word: str, now: datetime) -> None:
        task = next(one.task for one in tasks.everything(crisis, now) if one.task.state.is_open)
        ticks.tick(crisis, task, Tick(state, word), by=by, at=now)

    acts = [(TaskState.DONE, "")] * done + [(TaskState.DROPPED, "Sans objet pour un feu de garrigue.")] * dropped
    return [(minutes + rank, partial(tick, *gesture)) for rank, gesture in enumerate(acts)]


def need(cpts: Cpts, commune: str, kind: NeedKind, text: str, people: int | None) -> Need:
    (code,) = codes(cpts, commune)
    return Need(code, commune, kind, text, people_count=people, reported_by=f"Mairie, {commune}")


def codes(cpts: Cpts, *names: str) -> list[str]:
    """The INSEE codes of these communes of the territory."""
    known = communes.communes([one.code for one in cpts.communes])
    return [one.code for one in known if one.name in names]


def end(crisis: Crisis, who: dict[str, Account], *, at: datetime, reason: str) -> None:
    day = at.astimezone(PARIS).date()
    closing.stand_down(
        crisis,
        StandDown(
            decided_by="Direction (pilote), Claire Vidal",
            reason="Plus aucun besoin n’est ouvert.",
            stock="Reprendre 100 masques FFP2 et 40 flacons de sérum physiologique.",
            hot_debrief_on=working_day(day + timedelta(days=1)),
            cold_debrief_on=working_day(day + timedelta(days=11)),
        ),
        by=who[REFERENT],
        at=at,
    )
    closing.close(crisis, reason=reason, by=who[REFERENT], at=at + timedelta(minutes=45))
