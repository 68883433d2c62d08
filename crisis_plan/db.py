"""The database: types, the session, and the one rule that a request is a transaction."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from threading import Lock
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa
from flask import Flask, Response, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from crisis_plan.errors import Stale

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., Any])
Result = TypeVar("Result")

_takes_the_lock: ContextVar[bool] = ContextVar("takes_the_lock", default=False)


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


def configure_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """WAL, foreign keys, durable commits; triggers see a REPLACE too; and we write BEGIN ourselves (see `begin`)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "synchronous=FULL",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


_turn = Lock()
"""Who writes now, of the threads of this process."""
TURN = "has_turn"
LONGEST_TURN = 30
"""Seconds: whoever waited longer asks SQLite itself, which refuses after its own patience."""


def begin(connection: sa.Connection) -> None:
    """Take the write lock at once where the transaction will write.

    With a deferred BEGIN, concurrent writers are refused in the middle of their work ("database is locked"). And
    SQLite's own waiting is a draw: of eight threads that write without end, some lost it for five seconds and were
    refused. So the threads of one process take turns first.
    """
    if connection.dialect.name != "sqlite":
        return
    if not _takes_the_lock.get():
        connection.exec_driver_sql("BEGIN")
        return
    _take_a_turn(connection.connection.record_info)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take_a_turn(held: dict[Any, Any] | None) -> None:
    if held is not None and not held.get(TURN):
        held[TURN] = _turn.acquire(timeout=LONGEST_TURN)


def end_turn(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    """The connection goes back to the pool, its transaction over: the next one writes."""
    if record.record_info and record.record_info.pop(TURN, False):
        _turn.release()


@contextmanager
def writing() -> Iterator[None]:
    """From here on, this transaction writes: what was read before is read again, under the lock."""
    db.session.rollback()
    token = _takes_the_lock.set(True)
    try:
        yield
    finally:
        _takes_the_lock.reset(token)


def slow(view: View) -> View:
    """Mark a view that works for long before it writes: it takes the lock itself, with `writing()`."""
    view.is_slow = True  # type: ignore[attr-defined]
    return view


def write_apart(work: Callable[[Session], Result]) -> Result:
    """Run `work` in a short transaction of its own, which stays even if the request is refused."""
    token = _takes_the_lock.set(True)
    try:
        with Session(db.engine) as session, session.begin():
            return work(session)
    finally:
        _takes_the_lock.reset(token)


class Versioned(Protocol):
    """A row that counts its changes, so that a form opened before one of them is recognised."""

    @property
    def version(self) -> int: ...


def hold(row: object) -> None:
    """Read the row again as it is now, and keep it so until the end of the transaction.

    Raises `Stale` when it is no longer there. Only the row itself is held, whatever was loaded beside it. One that is
    never deleted lets others be written that name it: whoever holds a line and writes its history would otherwise wait
    for who holds the CPTS, who waits for the line.
    """
    is_only_named = getattr(type(row), "is_never_deleted", False)
    try:
        db.session.refresh(row, with_for_update={"of": type(row), "key_share": is_only_named})
    except InvalidRequestError:
        raise Stale from None


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
        _takes_the_lock.set(True)


def one_request_is_one_transaction(app: Flask) -> None:
    """A writing request answered 2xx or 3xx is committed; anything else, and every GET, is rolled back."""

    @app.before_request
    def begin_by_reading() -> None:
        _takes_the_lock.set(False)

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
        _takes_the_lock.set(False)


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
    _takes_the_lock.set(False)
    db.session.rollback()


def install(app: Flask) -> None:
    """Bind the application to its database."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        sa.event.listen(engine, "connect", configure_sqlite)
        sa.event.listen(engine, "begin", begin)
        sa.event.listen(engine, "checkin", end_turn)
    one_request_is_one_transaction(app)
