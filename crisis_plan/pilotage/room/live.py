"""What a live page lacks since the last entry that it shows: nothing, most often, and that is cheap to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.crisis_functions.duty import next_change
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.news import REMEMBERED, Since, news
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.room import first_hour, queries
from crisis_plan.pilotage.tasks import queries as tasks

CLOCK_EVERY = timedelta(minutes=1)
"""A countdown in words is said anew so often; overdue tasks and reliefs show at that pace."""
MOVES_THE_FIRST_HOUR = frozenset(
    {EntryKind.ACTION_DONE, EntryKind.DUTY, EntryKind.MESSAGE, EntryKind.LEVEL, EntryKind.ACTIVATION}
)


@dataclass(frozen=True)
class Shown:
    """What a page says that it shows."""

    after: int
    """The last entry."""
    seen_at: datetime
    """When its clocks were read."""
    frame: int
    """The mark of its frame (`Pulse.frame`)."""


@dataclass(frozen=True)
class Moved:
    """What the new entries changed, whoever looks."""

    kinds: frozenset[EntryKind] = frozenset()
    tasks: bool = False
    facts: bool = False


def changes(crisis: Crisis, shown: Shown, who: Account, now: datetime) -> dict[str, Any] | None:
    """The parts that read otherwise than on the page; none when all of them still stand.

    One statement when nothing is new, or when somebody else was just told the same.
    """
    last, entered_at = logbook.last_written(crisis)
    is_minute_over = now - shown.seen_at >= CLOCK_EVERY
    if last <= shown.after and not is_minute_over:
        return None
    pulse = queries.pulse(crisis, last, entered_at, now)
    parts: dict[str, Any] = {
        "pulse": pulse,
        "seen_at": now if is_minute_over else shown.seen_at,
        "is_frame_moved": pulse.frame != shown.frame,
    }
    moved = Moved()
    if last > shown.after:
        asked = Since.of(crisis, shown.after, last, now)
        moved, parts["news"] = _moved(asked), news(asked).html
    if moved.facts:
        parts["strip"] = facts.strip(crisis)
    return parts | _boards(crisis, moved, shown.seen_at if is_minute_over else now, who, now)


@lru_cache(REMEMBERED)
def _moved(asked: Since) -> Moved:
    """Read once for all who look."""
    return Moved(
        kinds=news(asked).kinds,
        tasks=tasks.has_changed(asked.crisis, asked.after),
        facts=facts.has_changed(asked.crisis, asked.after),
    )


def _boards(crisis: Crisis, moved: Moved, since: datetime, who: Account, now: datetime) -> dict[str, Any]:
    """The boards of functions and tasks where an entry or the clock changed them, then what hangs on them."""
    moves_functions = bool(moved.kinds & {EntryKind.DUTY, EntryKind.LEVEL}) or _is_relief(crisis, since, now)
    moves_tasks = moves_functions or moved.tasks or _is_overdue_since(crisis, since, now)
    moves_first_hour = bool(moved.kinds & MOVES_THE_FIRST_HOUR)
    if not (moves_tasks or moves_first_hour):
        return {}
    board = crisis_functions.board(crisis, now)
    found: dict[str, Any] = {"functions": board} if moves_functions else {}
    if moves_tasks:
        found["tasks"] = queries.my_tasks(crisis, board, who, now)
    if moves_first_hour:
        found["turns"] = logbook.turning_points(crisis)
        found["lines"] = first_hour.lines(queries.seen(crisis, board, found["turns"]))
    return found


def _is_relief(crisis: Crisis, since: datetime, now: datetime) -> bool:
    """Whether a function changed hands by the clock alone."""
    if since >= now:
        return False
    change = next_change(crisis_functions.board(crisis, since), since)
    return change is not None and change <= now


def _is_overdue_since(crisis: Crisis, since: datetime, now: datetime) -> bool:
    """Whether the clock alone made a task overdue."""
    due_at = tasks.next_due_at(crisis, since) if since < now else None
    return due_at is not None and due_at <= now


def shown(address: MultiDict[str, str], now: datetime) -> Shown:
    """What the address of a poll says of the page that sent it."""
    return Shown(
        after=address.get("after", 0, type=int),
        seen_at=carried(address.get("vu", ""), now),
        frame=address.get("cadre", 0, type=int),
    )


def as_carried(seen_at: datetime) -> int:
    """This moment, as a page carries it."""
    return int(seen_at.timestamp())


def carried(typed: str, now: datetime) -> datetime:
    """The moment that a page carries; a strange answer counts as now, one too old as an hour ago."""
    try:
        found = datetime.fromtimestamp(int(typed), UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(max(found, now - timedelta(hours=1)), now)


def still(crisis: Crisis, seen_at: datetime, now: datetime) -> dict[str, Any]:
    """What the page shows of a crisis that was closed meanwhile: the same, and nothing more is asked."""
    last, entered_at = logbook.last_written(crisis)
    return {"pulse": queries.pulse(crisis, last, entered_at, now), "seen_at": seen_at, "is_frame_moved": True}
