"""SQLite as the application uses it: durable, and one writer after the other."""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

takes_the_lock: ContextVar[bool] = ContextVar("takes_the_lock", default=False)
"""Whether the transaction that begins will write."""


def configure(connection: DBAPIConnection, _record: object) -> None:
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
    if not takes_the_lock.get():
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


def install(engine: sa.Engine) -> None:
    """Every connection of this engine is configured, and waits for its turn to write."""
    sa.event.listen(engine, "connect", configure)
    sa.event.listen(engine, "begin", begin)
    sa.event.listen(engine, "checkin", end_turn)
