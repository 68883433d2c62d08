"""The database: types, the session, and the one rule that a request is a transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa
from flask import Flask, Response, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from crisis_plan import sqlite
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


def take_the_lock_to_write(app: Flask) -> None:
    """A request that will write takes the lock once its body is here, and who sends it is known.

    Installed last of what runs before a view: a photo that drips in from a bad network must make nobody wait. What was
    read until then is kept as it is; an operation reads again, with `hold`, what it is about to change.
    """

    @app.before_request
    def wait_for_ones_turn() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.method in READING_METHODS or getattr(view, "is_slow", False):
            return
        request.form  # noqa: B018  (parsed here at the latest)
        session = db.session()
        session.expire_on_commit = False
        session.commit()
        session.expire_on_commit = True
        takes_the_lock.set(True)


def one_request_is_one_transaction(app: Flask) -> None:
    """A writing request answered 2xx or 3xx is committed; anything else, and every GET, is rolled back."""

    @app.before_request
    def begin_by_reading() -> None:
        takes_the_lock.set(False)

    @app.after_request
    def commit_what_succeeded(response: Response) -> Response:
        if request.method not in READING_METHODS and response.status_code < 400:
            db.session.commit()
            for act in g.pop("after_commit", []):
                response.call_on_close(partial(_do_after, app, act))
        else:
            db.session.rollback()
        return response

    @app.teardown_request
    def forget_the_lock(_error: BaseException | None) -> None:
        takes_the_lock.set(False)


def after_commit(act: Callable[[], object]) -> None:
    """Do this once the request's transaction is durable and its answer has left (sending mail, never before)."""
    g.setdefault("after_commit", []).append(act)


def _do_after(app: Flask, act: Callable[[], object]) -> None:
    """What follows an acknowledged write never breaks it: trouble is logged."""
    with app.app_context():
        try:
            act()
        except Exception:
            app.logger.exception("after the answer")


def start_over() -> None:
    """Leave a broken transaction, so that an error page can be shown."""
    takes_the_lock.set(False)
    db.session.rollback()


def install(app: Flask) -> None:
    """Bind the application to its database."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            sqlite.install(engine)
    one_request_is_one_transaction(app)
