"""What changes in the frame of an open crisis, each change with its entry: level, alert, next point, place, pen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db, take
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crises.rules import next_point_after
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_functions import operations as crisis_functions
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.room import first_hour, wording
from crisis_plan.pilotage.room.levels import called_for, cards_for
from crisis_plan.pilotage.room.openings import ChosenLevel
from crisis_plan.pilotage.tasks import operations as task_operations
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.web.formats import moment


class SameLevel(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "La crise est déjà à ce niveau\u00a0: choisissez-en un autre."


class NothingNew(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Rien n’a changé\u00a0: complétez un champ, ou revenez à la salle de crise."


class PointInThePast(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette heure est passée\u00a0: fixez le prochain point dans l’avenir."


class PointAfterStandDown(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "La levée est prononcée\u00a0: reprenez d’abord la crise, à la page «\u00a0Levée et clôture\u00a0»."


def change_level(
    cpts: Cpts,
    crisis: Crisis,
    level: ChosenLevel,
    *,
    reason: str,
    decided_by: str,
    seen_version: int,
    by: Account,
    at: datetime,
) -> LogbookEntry:
    """Go to another level: silence, pace and the functions asked for follow; nobody is moved.

    Raises `CrisisClosed`, `Stale` or `SameLevel`.
    """
    _take_open(crisis, seen_version)
    if level.name == crisis.level_name:
        raise SameLevel
    text = wording.level_text(crisis.level_name, level.name)
    crisis.level_id, crisis.level_name = level.level_id, level.name
    crisis.silence_minutes, crisis.report_every_minutes = level.silence_minutes, level.report_every_minutes
    if crisis.stood_down_at is None:
        crisis.next_point_at = next_point_after(at, level.report_every_minutes) or crisis.next_point_at
    crisis.version += 1
    entry = _log(crisis, Written(EntryKind.LEVEL, text, reason=reason, decided_by=decided_by), by=by, at=at)
    held = crisis_cell.functions(cpts, clock.local(at, cpts).date())
    asked = called_for(level, [one.function for one in held])
    crisis_functions.fill_from_cell(crisis, held, asked, by=by, at=at)
    return entry


def proposed(cpts: Cpts, crisis: Crisis) -> dict[str, Any]:
    """The cards of this type and level, and how many steps of each are not tasks yet."""
    known, found = tasks.known_steps(crisis), cards_for(cpts, crisis.crisis_type, crisis.level_id)
    left = {card.id: sum(step.id not in known for step in card.steps) for card in found}
    return {"cards": found, "left": left, "total": sum(left.values())}


def launch(cpts: Cpts, crisis: Crisis, *, by: Account, at: datetime) -> int:
    """Make tasks of the steps that are not yet; how many. Raises `CrisisClosed`."""
    return task_operations.from_cards(crisis, cards_for(cpts, crisis.crisis_type, crisis.level_id), by=by, at=at)


def complete_alert(
    crisis: Crisis, told: Mapping[str, Any], *, seen_version: int, by: Account, at: datetime
) -> LogbookEntry:
    """Say more of the alert; what `told` does not name stays as it is. Raises `CrisisClosed`, `Stale` or `NothingNew`."""
    hold_open(crisis)
    alert = crises.alert(crisis)
    if alert is None:
        raise Stale
    take(alert, seen_version)
    changed = {name: value for name, value in told.items() if getattr(alert, name) != value}
    if not changed:
        raise NothingNew
    for name, value in changed.items():
        setattr(alert, name, value)
    alert.updated_at, alert.version = at, alert.version + 1
    return _log(crisis, _completed(alert, changed, crisis), by=by, at=at)


def _completed(alert: CrisisAlert, changed: Mapping[str, Any], crisis: Crisis) -> Written:
    origin = wording.sender(
        {name: getattr(alert, name) for name in ("sender", "body", "callback", "is_callback_checked")}
    )
    text = wording.completed_text(changed, crisis.cpts)
    return Written(EntryKind.ALERT, text, origin=origin, recipient=alert.taken_by)


def set_next_point(
    crisis: Crisis, next_point_at: datetime | None, *, seen_version: int, by: Account, at: datetime
) -> LogbookEntry:
    """When the cell next takes stock.

    Raises `CrisisClosed`, `Stale`, `PointAfterStandDown`, `PointInThePast` or `NothingNew`.
    """
    _take_open(crisis, seen_version)
    if crisis.stood_down_at is not None:
        raise PointAfterStandDown
    if next_point_at == crisis.next_point_at:
        raise NothingNew
    if next_point_at and next_point_at <= at:
        raise PointInThePast
    before, after = (moment(one, crisis.cpts) for one in (crisis.next_point_at, next_point_at))
    crisis.next_point_at = next_point_at
    crisis.version += 1
    return _log(crisis, Written(EntryKind.INFORMATION, wording.next_point_text(before, after)), by=by, at=at)


def move(crisis: Crisis, place: str, *, seen_version: int, by: Account, at: datetime) -> LogbookEntry:
    """Where the cell sits now. Raises `CrisisClosed`, `Stale` or `NothingNew`."""
    _take_open(crisis, seen_version)
    if place == crisis.place:
        raise NothingNew
    crisis.place = place
    crisis.version += 1
    return _log(crisis, Written(EntryKind.INFORMATION, f"Lieu de la cellule\u00a0: {place}"), by=by, at=at)


def hand_pen(crisis: Crisis, to: Account, *, by: Account, at: datetime) -> LogbookEntry | None:
    """The pen goes to somebody; who holds it already keeps it, and nothing is written. Raises `CrisisClosed`."""
    hold_open(crisis)
    if crisis.pen_account_id == to.id:
        return None
    text = wording.pen_text(crisis.pen_name, to.name)
    crisis.pen_account_id, crisis.pen_name = to.id, to.name
    return _log(crisis, Written(EntryKind.DUTY, text, recipient=to.name), by=by, at=at)


def tick(crisis: Crisis, line: first_hour.ByHand, *, by: Account, at: datetime) -> LogbookEntry | None:
    """A line of the first hour is done; ticked again, nothing is written. Raises `CrisisClosed`."""
    hold_open(crisis)
    ticked = first_hour.ticked(crisis.first_hour)
    if line in ticked:
        return None
    text = f"Première heure\u00a0: {line.done}"
    entry = _log(crisis, Written(EntryKind.ACTION_DONE, text), by=by, at=at)
    crisis.first_hour = first_hour.stored(ticked | {line: entry.number})
    db.session.flush()
    return entry


def _take_open(crisis: Crisis, seen_version: int) -> None:
    """Hold it, open, and as it was when the form was opened."""
    hold_open(crisis)
    if crisis.version != seen_version:
        raise Stale


def _log(crisis: Crisis, written: Written, *, by: Account, at: datetime) -> LogbookEntry:
    """The entry of a change that is made already."""
    db.session.flush()
    return append_entry(crisis, written, by=by, at=at)
