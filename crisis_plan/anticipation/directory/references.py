"""Every table that names a contact, found in the tables themselves: none can be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import Base

PARTS = frozenset({"contact_places", "contact_phones", "contact_emails"})
"""What makes up the contact itself."""

DISTINCTIONS = "contact_distinctions"
"""Says of two lines only that they are two: nothing of the person. It disappears, or follows a merge, by itself."""

ANSWERED_FOR = frozenset({"mobilisable_places", "other_means", "neighbouring_plans"})
"""Rows whose contact only answers for them: what points at them (cards, levels, a file) says nothing of the person."""


@cache
def naming_columns() -> Sequence[sa.Column[object]]:
    """The columns, by table, whose value is a contact."""
    return tuple(
        key.parent
        for table in sorted(Base.metadata.tables.values(), key=lambda one: one.name)
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table is Contact.__table__ and table.name != DISTINCTIONS
    )


def depending_columns(table: sa.Table) -> Sequence[sa.Column[object]]:
    """The columns of other tables whose rows belong to a row of this one: attempts, to the line of a call list."""
    return () if table.name in ANSWERED_FOR else pointing_columns(table)


@cache
def pointing_columns(table: sa.Table) -> Sequence[sa.Column[object]]:
    """The columns of other tables that name a row of this one."""
    return tuple(
        key.parent
        for other in sorted(Base.metadata.tables.values(), key=lambda one: one.name)
        for key in sorted(other.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table is table
    )


def is_evidence(table: sa.Table) -> bool:
    """Whether rows that nothing may delete depend on those of this table."""
    return any(
        key.ondelete is None
        for column in pointing_columns(table)
        for key in column.foreign_keys
        if key.column.table is table
    )
