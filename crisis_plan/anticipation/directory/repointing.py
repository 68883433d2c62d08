"""What named one contact names another: in every table, found in the tables themselves."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.directory.references import PARTS, is_evidence, naming_columns
from crisis_plan.db import db


def repoint(contact_id: uuid.UUID, *, to: uuid.UUID) -> None:
    """Every row that names this contact names the other one; of two rows that would be the same, the fuller stays."""
    for column in naming_columns():
        if column.table.name in PARTS:
            continue
        for row, twin in _twins(column, contact_id, to):
            _settle(column, row, twin)
        db.session.execute(sa.update(column.table).where(column == contact_id).values({column: to}))
    db.session.expire_all()


def _twins(column: sa.Column[Any], contact_id: uuid.UUID, to: uuid.UUID) -> Iterator[tuple[Any, Any]]:
    """Rows of the two contacts that a unique constraint does not let stand side by side."""
    table, twin = column.table, column.table.alias()
    for together in _unique(table):
        if column.name in together:
            same = [table.c[name] == twin.c[name] for name in together if name != column.name]
            found = sa.select(table.c.id, twin.c.id).where(column == contact_id, twin.c[column.name] == to, *same)
            for row_id, twin_id in db.session.execute(found).all():
                yield _row(table, row_id), _row(table, twin_id)


def _unique(table: sa.Table) -> Iterator[frozenset[str]]:
    """The names of the columns that are unique together."""
    for one in (*table.constraints, *table.indexes):
        if isinstance(one, sa.UniqueConstraint) or (isinstance(one, sa.Index) and one.unique):
            yield frozenset(column.name for column in one.columns)


def _settle(column: sa.Column[Any], row: Any, twin: Any) -> None:
    """Evidence stays without pointing at anybody; of other rows, the one that says less goes."""
    table = column.table
    if is_evidence(table):
        db.session.execute(sa.update(table).where(table.c.id == row.id).values({column: None}))
        return
    emptier = twin if _fullness(row) > _fullness(twin) else row
    db.session.execute(sa.delete(table).where(table.c.id == emptier.id))


def _row(table: sa.Table, row_id: uuid.UUID) -> Any:
    return db.session.execute(sa.select(table).where(table.c.id == row_id)).one()


def _fullness(row: Any) -> int:
    return sum(bool(value) for value in row)
