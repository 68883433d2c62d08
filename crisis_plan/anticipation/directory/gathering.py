"""The rows of many tables in one statement: each table's columns stand in places of their type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crisis_plan.db import UtcDateTime, db

TYPES: tuple[type[sa.types.TypeEngine[Any]], ...] = (
    sa.Date, UtcDateTime, sa.Boolean, sa.Integer, sa.JSON, sa.Uuid, sa.String
)  # fmt: skip
"""The last one holds what is written: texts and members of enumerations."""

Place = tuple[int, int]
"""A type, and a rank among the columns of that type."""


@dataclass(frozen=True)
class Asked:
    """The rows of a table that are asked for: named columns, where they come from, and which rows."""

    columns: Mapping[str, sa.ColumnElement[Any]]
    source: sa.FromClause
    which: sa.ColumnElement[bool]


def gathered(asked: Sequence[Asked]) -> list[list[dict[str, Any]]]:
    """The rows of each, in the order asked, by one statement."""
    placed = [_placed(one.columns) for one in asked]
    places = sorted({place for one in placed for place in one.values()})
    parts = [_part(rank, one, names, places) for rank, (one, names) in enumerate(zip(asked, placed, strict=True))]
    found: list[list[dict[str, Any]]] = [[] for _ in asked]
    for rank, *cells in db.session.execute(sa.union_all(*parts)):
        by_place = dict(zip(places, cells, strict=True))
        columns = asked[rank].columns
        found[rank].append({name: _read(columns[name], by_place[place]) for name, place in placed[rank].items()})
    return found


def _placed(columns: Mapping[str, sa.ColumnElement[Any]]) -> dict[str, Place]:
    taken: Counter[int] = Counter()
    found = {}
    for name, column in columns.items():
        kind = next(rank for rank, known in enumerate(TYPES) if isinstance(column.type, known))
        found[name] = (kind, taken[kind])
        taken[kind] += 1
    return found


def _part(rank: int, asked: Asked, names: Mapping[str, Place], places: Sequence[Place]) -> sa.Select[Any]:
    mine = {place: sa.type_coerce(asked.columns[name], TYPES[place[0]]()) for name, place in names.items()}
    cells = [
        mine.get(place, sa.cast(sa.null(), TYPES[place[0]]())).label(f"c{number}")
        for number, place in enumerate(places)
    ]
    return sa.select(sa.literal_column(str(rank)).label("asked"), *cells).select_from(asked.source).where(asked.which)


def _read(column: sa.ColumnElement[Any], value: Any) -> Any:
    """A member of the enumeration, where the column holds one."""
    kind = column.type.enum_class if isinstance(column.type, sa.Enum) else None
    return kind(value) if kind and value is not None else value
