"""The database: types, the session, and what holds a row while it is changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from crisis_plan.errors import Stale
from crisis_plan.sqlite import takes_the_lock

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., Any])
Result = TypeVar("Result")
Row = TypeVar("Row")

HELD = "held"
"""Where a session keeps the rows that its transaction holds."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment, stored in UTC, always aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every stored thing is. Named constraints, so that a migration can name them too."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: sa.Uuid,
        datetime: UtcDateTime,
        date: sa.Date,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        bytes: sa.LargeBinary,
    }


class Identified:
    """A row with an identity of its own, unguessable and portable."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


def enum_column(kind: type[StrEnum]) -> sa.Enum:
    """An enumeration stored by value, the same on every engine."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(metadata=Base.metadata)


@contextmanager
def writing() -> Iterator[None]:
    """From here on, this transaction writes: what was read before is read again, under the lock."""
    db.session.rollback()
    token = takes_the_lock.set(True)
    try:
        yield
    finally:
        takes_the_lock.reset(token)


def slow(view: View) -> View:
    """Mark a view that works for long before it writes: it takes the lock itself, with `writing()`."""
    view.is_slow = True  # type: ignore[attr-defined]
    return view


def write_apart(work: Callable[[Session], Result]) -> Result:
    """Run `work` in a short transaction of its own, which stays even if the request is refused."""
    token = takes_the_lock.set(True)
    try:
        with Session(db.engine) as session, session.begin():
            return work(session)
    finally:
        takes_the_lock.reset(token)


class Versioned(Protocol):
    """A row that counts its changes, so that a form opened before one of them is recognised."""

    @property
    def version(self) -> int: ...


def hold(row: object) -> None:
    """Read the row again as it is now, and keep it so until the end of the transaction; asked again, it is held already.

    Raises `Stale` when it is no longer there. Only the row itself is held, whatever was loaded beside it. One that is
    never deleted lets others be written that name it: whoever holds a line and writes its history would otherwise wait
    for who holds the CPTS, who waits for the line.
    """
    held = _held()
    if row in held:
        return
    is_only_named = getattr(type(row), "is_never_deleted", False)
    try:
        db.session.refresh(row, with_for_update={"of": type(row), "key_share": is_only_named})
    except InvalidRequestError:
        raise Stale from None
    held.add(row)


def already_held(row: Row) -> Row:
    """Say that the query that found this row, just now, was `FOR UPDATE`."""
    _held().add(row)
    return row


def _held() -> set[object]:
    """The rows that this transaction holds, or this savepoint, which lets go of them when it is undone."""
    session = db.session()
    transaction = session.get_nested_transaction() or session.get_transaction() or session.begin()
    known: tuple[object, set[object]] | None = session.info.get(HELD)
    if known is None or known[0] is not transaction:
        known = session.info[HELD] = (transaction, set())
    return known[1]


def take(row: Versioned, seen_version: int) -> None:
    """Hold the row. Raises `Stale` when it changed since it was seen."""
    hold(row)
    if row.version != seen_version:
        raise Stale


def commit() -> None:
    """End the transaction of a command or of the demo's story (a request ends its own)."""
    db.session.commit()


def start_over() -> None:
    """Leave a broken transaction, so that an error page can be shown."""
    takes_the_lock.set(False)
    db.session.rollback()
