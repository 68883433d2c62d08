"""A contact named in every table that can name one, found in the tables themselves."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.references import PARTS, depending_columns, naming_columns
from crisis_plan.db import Base, UtcDateTime, db
from tests.factories import NOON, AccountFactory

LONG_AGO = date(2026, 1, 1)
OVER = date(2026, 2, 1)
NUMBERS = count(1)
"""What is numbered bears each number once."""


def named_in(contact: Contact) -> set[str]:
    """The tables that have a row naming this contact."""
    return {column.table.name for column in naming_columns() if ids(column, contact)}


def ids(column: sa.Column[Any], contact: Contact) -> Sequence[uuid.UUID]:
    """The rows that name this contact by this column."""
    return db.session.scalars(sa.select(column.table.c.id).where(column == contact.id)).all()


def name_everywhere(contact: Contact) -> dict[str, uuid.UUID]:
    """Write a row that names this contact in every table but those of its parts; what depends on it too."""
    rows = {}
    for column in naming_columns():
        if column.table.name not in PARTS:
            rows[column.table.name] = row_id = written(column.table, contact, {column.name: contact.id})
            for depending in depending_columns(column.table):
                written(depending.table, contact, {depending.name: row_id})
    db.session.commit()
    return rows


def written(table: sa.Table, contact: Contact, values: dict[str, Any]) -> uuid.UUID:
    """A row of this table with these values; what else it must have is made up, and every period is over."""
    row_id = uuid.uuid4()
    required = [one for one in table.columns if not (one.nullable or one.default or one.server_default)]
    required += [one for one in table.columns if one.name == "ends_on" and one.nullable]
    for column in required:
        if column.name not in values:
            values[column.name] = made_up(column, contact)
    db.session.execute(sa.insert(table).values({**values, "id": row_id}))
    return row_id


def made_up(column: sa.Column[Any], contact: Contact) -> Any:
    """A value that the column takes, or a row of the table that it points at."""
    for key in column.foreign_keys:
        return pointed_at(key.column.table, contact)
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class))  # type: ignore[arg-type]
    if isinstance(column.type, sa.JSON):
        return []
    if isinstance(column.type, UtcDateTime):
        return NOON
    kind = column.type.python_type
    if column.name == "number":
        return next(NUMBERS)
    if kind is uuid.UUID:
        return uuid.uuid4()
    if kind is str:
        return f"{column.name} {uuid.uuid4()}"[: column.type.length or 40]  # type: ignore[attr-defined]
    days = {"ends_on": OVER}
    known: dict[type, Any] = {date: days.get(column.name, LONG_AGO), int: 1, bool: False, bytes: b""}
    return known[kind]


def pointed_at(table: sa.Table, contact: Contact) -> uuid.UUID:
    if table is Base.metadata.tables["cpts"]:
        return contact.cpts_id
    if table is Base.metadata.tables["accounts"]:
        account_id: uuid.UUID = AccountFactory().id
        return account_id
    return written(table, contact, {})
