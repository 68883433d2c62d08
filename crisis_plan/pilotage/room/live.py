"""What a live page lacks since the last entry that it shows: nothing, most often, and that is cheap to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.crisis_functions.duty import next_change
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.room import first_hour, queries
from crisis_plan.pilotage.tasks import queries as tasks

CLOCK_EVERY = timedelta(minutes=1)
"""A countdown in words is said anew so often; overdue tasks and reliefs show at that pace."""
MOVES_THE_FIRST_HOUR = frozenset({EntryKind.ACTION_DONE, EntryKind.DUTY, EntryKind.MESSAGE, EntryKind.LEVEL})


def changes(crisis: Crisis, after: int, seen_at: datetime, who: Account, now: datetime) -> dict[str, Any] | None:
    """The parts that read otherwise than on the page; none when all of them still stand.

    One statement when nothing is new. `after`: the last entry that the page shows; `seen_at`: when its clocks were.
    """
    last, entered_at = logbook.last_written(crisis)
    is_minute_over = now - seen_at >= CLOCK_EVERY
    if last <= after and not is_minute_over:
        return None
    parts: dict[str, Any] = {
        "pulse": queries.pulse(crisis, last, entered_at, now),
        "seen_at": now if is_minute_over else seen_at,
    }
    if last > after:
        parts |= _written(crisis, after, last)
    return parts | _boards(crisis, after, parts, seen_at if is_minute_over else now, who, now)


def _written(crisis: Crisis, after: int, last: int) -> dict[str, Any]:
    """The entries, and what they tell of the facts; all of the list where too much is new for the top of it."""
    entries = logbook.entries_after(crisis, after)
    is_whole = last - after > len(entries)
    return {"newest": entries, "after": after, "is_whole": is_whole, "strip": facts.strip(crisis)}


def _boards(
    crisis: Crisis, after: int, parts: dict[str, Any], since: datetime, who: Account, now: datetime
) -> dict[str, Any]:
    """The boards of functions and tasks where an entry or the clock changed them, then what hangs on them."""
    kinds = {entry.kind for entry in parts.get("newest", ())}
    moves_functions = bool(kinds & {EntryKind.DUTY, EntryKind.LEVEL}) or _is_relief(crisis, since, now)
    moves_tasks = moves_functions or _are_tasks_moved(crisis, after if kinds else None, since, now)
    moves_first_hour = bool(kinds & MOVES_THE_FIRST_HOUR)
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


def _are_tasks_moved(crisis: Crisis, after: int | None, since: datetime, now: datetime) -> bool:
    """Whether an entry changed a task, or the clock made one overdue."""
    if after is not None and tasks.has_changed(crisis, after):
        return True
    due_at = tasks.next_due_at(crisis, since) if since < now else None
    return due_at is not None and due_at <= now


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
    return {"pulse": queries.pulse(crisis, last, entered_at, now), "seen_at": seen_at}
