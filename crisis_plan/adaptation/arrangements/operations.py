"""Keeping the three lists."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation import order
from crisis_plan.adaptation.arrangements import queries
from crisis_plan.adaptation.arrangements.descriptions import ArrangementDescription
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.proposals import PROPOSED
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.db import db, hold, take
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.rules import Direction

SUBJECT = "arrangement"


def take_proposed(cpts: Cpts, kind: ArrangementKind, *, by: Account, at: datetime) -> list[Arrangement]:
    """Add the proposed lines that the list does not have yet; each to the function of the cell, where it is there."""
    hold(cpts)
    known = queries.arrangements(cpts, kind)
    said = {folded(line.what) for line in known}
    functions = {function.key: function for function in crisis_cell.functions_alone(cpts) if function.key}
    wanted = [line for line in PROPOSED[kind] if folded(line.what) not in said]
    return [
        _add(
            cpts,
            kind,
            ArrangementDescription(
                **{name: value for name, value in vars(line).items() if name != "function_key"},
                function=functions.get(line.function_key),
            ),
            position,
            by=by,
            at=at,
        )
        for position, line in enumerate(wanted, start=order.next_position(known))
    ]


def add(
    cpts: Cpts, kind: ArrangementKind, description: ArrangementDescription, *, by: Account, at: datetime
) -> Arrangement:
    """Add a line at the end of a list."""
    hold(cpts)
    return _add(cpts, kind, description, order.next_position(queries.arrangements(cpts, kind)), by=by, at=at)


def change(
    line: Arrangement, description: ArrangementDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Say a line otherwise. Raises `Stale`."""
    take(line, seen_version)
    history.rewrite(line, description.stored, subject=SUBJECT, by=by, at=at)


def move(cpts: Cpts, line: Arrangement, direction: Direction, *, by: Account, at: datetime) -> None:
    """Exchange a line with its neighbour; at the end of the list nothing moves. Raises `Stale`."""
    hold(cpts)
    hold(line)
    if order.move(queries.arrangements(cpts, line.kind), line, direction.step):
        _record(history.Verb.CHANGED, line, by=by, at=at, fields=["position"])


def remove(line: Arrangement, *, by: Account, at: datetime) -> None:
    """Take a line out of its list. Raises `Stale`."""
    hold(line)
    db.session.delete(line)
    _record(history.Verb.REMOVED, line, by=by, at=at)


def _add(
    cpts: Cpts,
    kind: ArrangementKind,
    description: ArrangementDescription,
    position: int,
    *,
    by: Account,
    at: datetime,
) -> Arrangement:
    line = Arrangement(
        cpts_id=cpts.id, kind=kind, position=position, created_at=at, updated_at=at, **description.stored
    )
    db.session.add(line)
    db.session.flush()
    _record(history.Verb.CREATED, line, by=by, at=at)
    return line


def _record(
    verb: history.Verb, line: Arrangement, *, by: Account, at: datetime, fields: list[str] | None = None
) -> None:
    history.record(verb, SUBJECT, line.id, cpts_id=line.cpts_id, by=by, at=at, fields=fields or [])
    db.session.flush()
