"""Logbooks to damage, the way to damage them, and the command that reads them again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from sqlalchemy.pool import NullPool

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from crisis_plan.web.attachments import PDF, Attachment
from tests.factories import NOON, TODAY, member
from tests.pilotage.crises.factories import a_crisis

ENTRIES, MIDDLE = 7, 4
"""The entry in the middle has a value in every column: a device's clock, a correction, two documents."""
SECRET = "Ce que dit l’entrée du milieu"


def a_log(cpts: Cpts, by: Account | None = None, *, title: str = "Feu de forêt") -> Crisis:
    """An open crisis with a logbook of seven entries."""
    author = by or member(cpts, Role.REFERENT)
    crisis = a_crisis(cpts, author, title=title)
    for rank in range(1, ENTRIES + 1):
        write(crisis, author, rank)
    db.session.commit()
    return crisis


def write(crisis: Crisis, by: Account, rank: int) -> LogbookEntry:
    at = NOON + timedelta(minutes=rank)
    if rank != MIDDLE:
        return append_entry(crisis, Written(EntryKind.INFORMATION, f"Fait {rank}", origin="ARS"), by=by, at=at)
    written = Written(EntryKind.CORRECTION, SECRET, device_at=at - timedelta(minutes=40), corrects=2)
    documents = [Attachment(f"piece-{one}.pdf", PDF, f"%PDF-1.4 {one} %%EOF".encode()) for one in (1, 2)]
    return append_entry(crisis, written, by=by, at=at, attachments=documents)


def close(crisis: Crisis, by: Account, *, at: datetime = NOON + timedelta(hours=1)) -> LogbookEntry:
    """The closing entry, then what closes: the database refuses any change from there on."""
    entry = append_entry(crisis, Written(EntryKind.CLOSING, "Journal clos."), by=by, at=at)
    db.session.flush()
    crisis.closed_at, crisis.closed_by_id = at, by.id
    db.session.commit()
    return entry


def entry(crisis: Crisis, number: int = MIDDLE, part: Part = Part.MAIN) -> LogbookEntry:
    """As the database holds it now."""
    db.session.rollback()
    query = sa.select(LogbookEntry).where(
        LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part, LogbookEntry.number == number
    )
    return db.session.scalars(query).one()


def documents(crisis: Crisis, number: int = MIDDLE) -> list[LogbookAttachment]:
    return list(entry(crisis, number).attachments)


@contextmanager
def forging() -> Iterator[sa.Connection]:
    """Whoever holds the database itself: no trigger, no foreign key stops them."""
    url = db.engine.url
    db.session.rollback()
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        if url.get_backend_name() == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.scalars(sa.text(query)).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection
    engine.dispose()
    db.session.expire_all()


def forge(row: LogbookEntry | LogbookAttachment, **values: Any) -> None:
    """Give this row other values, whatever guards it."""
    table, identity = type(row).__table__, row.id
    with forging() as connection:
        connection.execute(sa.update(table).where(table.c.id == identity).values(values))


def other_value(column: sa.Column[Any], value: Any) -> Any:
    """Another value of the same type."""
    match column.type:
        case sa.Uuid():
            return uuid.uuid4()
        case sa.Integer():
            return (value or 0) + 1000
        case sa.LargeBinary():
            return bytes([value[0] ^ 1]) + value[1:]
        case sa.JSON():
            return {**value, "autre": 1}
        case sa.Enum():
            return next(one for one in column.type.python_type if one is not value)
        case sa.String():
            return value[:-1] + ("y" if value.endswith("x") else "x")
        case sa.Date():
            return TODAY
        case _:
            return (value or NOON) + timedelta(seconds=1)


def verify(app: Flask, *arguments: str) -> Result:
    """`flask verify-logbooks`."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["verify-logbooks", *arguments])
