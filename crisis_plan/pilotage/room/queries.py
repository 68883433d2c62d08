"""What the page of a crisis shows, part by part: a live page asks only for the parts that changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zlib import crc32

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import is_silent
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.crisis_functions.attendance import attendance
from crisis_plan.pilotage.crisis_functions.duty import FunctionNow
from crisis_plan.pilotage.crisis_pack.contents import Log
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.room import first_hour, wording
from crisis_plan.pilotage.room.first_hour import Seen
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.pilotage.tasks.rows import Counts, TaskNow

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry


@dataclass(frozen=True)
class MyTasks:
    """What whoever looks has to do, or what comes next for all where they hold no function."""

    rows: Sequence[TaskNow]
    """Those of whoever looks are all there; of everybody's, only the next ones."""
    counts: Counts
    are_mine: bool

    def left_after(self, shown: int) -> int:
        """How many are open beyond the first ones."""
        return max(0, (len(self.rows) if self.are_mine else self.counts.open) - shown)


@dataclass(frozen=True)
class Pulse:
    """What the clock alone changes: the countdown, and whether nothing was logged for too long."""

    last: int
    """The number of the last entry."""
    countdown: str
    is_late: bool
    silence: str
    """« 1 h 15 »; empty while the log is written often enough."""
    frame: int
    """A mark of all that « où en est la cellule » says: a page that carries it shows the same."""


def pulse(crisis: Crisis, last: int, entered_at: datetime | None, now: datetime) -> Pulse:
    """The same, at this moment."""
    since = entered_at or crisis.opened_at
    is_too_long = crisis.stood_down_at is None and is_silent(since, crisis.silence_minutes, now)
    countdown = wording.countdown(crisis.next_point_at, now)
    is_late = crisis.next_point_at is not None and crisis.next_point_at < now
    return Pulse(
        last=last,
        countdown=countdown,
        is_late=is_late,
        silence=wording.span(now - since) if is_too_long else "",
        frame=_frame(crisis, countdown, is_late),
    )


def _frame(crisis: Crisis, countdown: str, is_late: bool) -> int:
    """The next point and what is left until it, the level, the pen, the place, the silence; whether it may change."""
    shown = (
        crisis.next_point_at, countdown, is_late, crisis.level_name, crisis.pen_account_id, crisis.pen_name,
        crisis.place, crisis.silence_minutes, crisis.stage,
    )  # fmt: skip
    return crc32(repr(shown).encode())


def whole(crisis: Crisis, who: Account, now: datetime) -> dict[str, Any]:
    """Every part of the page."""
    entries, board = logbook.newest(crisis), crisis_functions.board(crisis, now)
    turns = logbook.turning_points(crisis)
    return {
        "strip": facts.strip(crisis),
        "newest": entries,
        "functions": board,
        "tasks": my_tasks(crisis, board, who, now),
        "turns": turns,
        "lines": first_hour.lines(seen(crisis, board, turns)),
        "pulse": pulse(crisis, *_last(entries), now),
    }


def _last(entries: Sequence[LogbookEntry]) -> tuple[int, datetime | None]:
    return (entries[0].number, entries[0].entered_at) if entries else (0, None)


def my_tasks(crisis: Crisis, board: Sequence[FunctionNow], who: Account, now: datetime) -> MyTasks:
    """The tasks of the functions that this person holds, else what is to be done next; three statements."""
    mine = held_by(board, who, crisis)
    if not mine:
        found = tasks.board(crisis, now)
        return MyTasks(found.rows, found.counts, are_mine=False)
    return MyTasks(tasks.of_functions(crisis, mine, now), tasks.counts(crisis, now), are_mine=True)


def held_by(board: Sequence[FunctionNow], who: Account, crisis: Crisis) -> Collection[UUID]:
    """The functions that this account holds, by itself or by its line of the directory."""
    lines = {one.contact_id for one in who.memberships if one.cpts_id == crisis.cpts_id and one.contact_id}
    return [
        one.function.id
        for one in board
        if any(shift.account_id == who.id or shift.contact_id in lines for shift in one.on_duty)
    ]


def seen(crisis: Crisis, board: Sequence[FunctionNow], turns: Sequence[LogbookEntry]) -> Seen:
    """What the tool knows of the first hour."""
    levels = [one for one in turns if one.kind is not EntryKind.MESSAGE]
    return Seen(
        has_reason=any(one.said.reason for one in levels),
        pen_name=crisis.pen_name,
        has_plan=crisis.publication_id is not None,
        attendance=attendance(board),
        place=crisis.place,
        is_told=len(levels) < len(turns),
        has_next_point=crisis.next_point_at is not None or crisis.stood_down_at is not None,
        ticked=first_hour.ticked(crisis.first_hour),
    )


def blank_log(crisis: Crisis) -> Log:
    """The sheets to go on by hand: this crisis, from the number after its last entry on; one statement."""
    return Log(
        title=f"{crisis.name}\u00a0: {crisis.title}",
        first=logbook.last_number(crisis) + 1,
        watermark=paper.WATERMARK if crisis.is_exercise else "",
    )
