"""Keeping the ladder of levels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation import order
from crisis_plan.adaptation.levels import queries
from crisis_plan.adaptation.levels.descriptions import LevelDescription
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.levels.rules import PROPOSED, ProposedLevel
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.rules import Direction

SUBJECT = "level"


class NameTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Un niveau porte déjà ce nom\u00a0: choisissez-en un autre, ou modifiez le premier."


def take_proposed(cpts: Cpts, *, by: Account, at: datetime) -> list[Level]:
    """Add the proposed levels that the ladder does not have yet, with the functions that the cell has."""
    hold(cpts)
    known = queries.levels(cpts)
    names = {level.folded_name for level in known}
    functions = crisis_cell.functions_alone(cpts)
    wanted = [proposed for proposed in PROPOSED if folded(proposed.name) not in names]
    added = [
        _level(cpts, _described(proposed, functions).stored, position, at=at)
        for position, proposed in enumerate(wanted, start=order.next_position(known))
    ]
    db.session.add_all(added)
    db.session.flush()
    for level in added:
        _record(history.Verb.CREATED, level, by=by, at=at)
    return added


def add(cpts: Cpts, description: LevelDescription, *, by: Account, at: datetime) -> Level:
    """Add a level at the top of the ladder. Raises `NameTaken` or `Unnamed`."""
    hold(cpts)
    written = description.stored
    if queries.level_named(cpts, written["folded_name"]):
        raise NameTaken
    level = _level(cpts, written, order.next_position(queries.levels(cpts)), at=at)
    db.session.add(level)
    db.session.flush()
    _record(history.Verb.CREATED, level, by=by, at=at)
    return level


def change(
    cpts: Cpts, level: Level, description: LevelDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Say otherwise what a level is. Raises `Stale`, `NameTaken` or `Unnamed`."""
    hold(cpts)
    take(level, seen_version)
    written = description.stored
    twin = queries.level_named(cpts, written["folded_name"])
    if twin and twin is not level:
        raise NameTaken
    differing = {name: value for name, value in written.items() if not _is_same(getattr(level, name), value)}
    history.rewrite(level, differing, subject=SUBJECT, by=by, at=at)


def move(cpts: Cpts, level: Level, direction: Direction, *, by: Account, at: datetime) -> None:
    """Exchange a level with the next lighter or heavier one; at the end of the ladder nothing moves. Raises `Stale`."""
    hold(cpts)
    hold(level)
    if order.move(queries.levels(cpts), level, direction.step):
        _record(history.Verb.CHANGED, level, by=by, at=at, fields=["position"])


def remove(level: Level, *, by: Account, at: datetime) -> None:
    """Take a level off the ladder; the cards that named it name it no more. Raises `Stale`."""
    hold(level)
    db.session.delete(level)
    _record(history.Verb.REMOVED, level, by=by, at=at)


def _level(cpts: Cpts, written: dict[str, Any], position: int, *, at: datetime) -> Level:
    return Level(cpts_id=cpts.id, position=position, created_at=at, updated_at=at, **written)


def _described(proposed: ProposedLevel, functions: Any) -> LevelDescription:
    kept = {name: value for name, value in vars(proposed).items() if name != "function_keys"}
    mobilised = (function for function in functions if function.key and function.key in proposed.function_keys)
    return LevelDescription(**kept, functions=tuple(mobilised))


def _is_same(stored: object, written: object) -> bool:
    """Whether nothing changes; of what is chosen, the order does not count."""
    if isinstance(stored, list) and isinstance(written, list):
        return {one.id for one in stored} == {one.id for one in written}
    return stored == written


def _record(verb: history.Verb, level: Level, *, by: Account, at: datetime, fields: list[str] | None = None) -> None:
    history.record(verb, SUBJECT, level.id, cpts_id=level.cpts_id, by=by, at=at, fields=fields or [])
    db.session.flush()
