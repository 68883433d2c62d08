"""The database itself refuses to change, delete, replace or empty what was logged, whoever asks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookAttachment, LogbookEntry
from tests.factories import NOON, member
from tests.pilotage.logbook_integrity.logs import a_log, close, documents, entry, other_value

TABLES = {"logbook_entries": LogbookEntry, "logbook_attachments": LogbookAttachment, "entry_erasures": EntryErasure}


@pytest.fixture
def author(app: Flask, cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def crisis(cpts: Cpts, author: Account) -> Crisis:
    """A log with a row in each of its tables."""
    made = a_log(cpts, author)
    db.session.add(EntryErasure(entry_id=entry(made, 1).id, ordered_by="Tribunal", erased_at=NOON,
                                erased_by_id=author.id, erased_by_name=author.name))  # fmt: skip
    db.session.commit()
    return made


def refused(statement: Any, *, like: str = "refuses") -> None:
    """By a connection that set nothing of what the application sets on its own."""
    url = db.engine.url
    db.session.rollback()
    engine = sa.create_engine(url, poolclass=NullPool)
    with pytest.raises(DBAPIError, match=like), engine.begin() as connection:
        connection.execute(sa.text(statement) if isinstance(statement, str) else statement)
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_no_row_is_changed_or_deleted(crisis: Crisis, table: str, change: str) -> None:
    refused(change.format(table=table))


@pytest.mark.parametrize("column", [one.name for one in LogbookEntry.__table__.columns])
def test_no_column_of_an_entry_is_changed(crisis: Crisis, column: str) -> None:
    row, columns = entry(crisis), LogbookEntry.__table__.columns
    value = other_value(columns[column], getattr(row, column))
    refused(sa.update(LogbookEntry.__table__).where(columns.id == row.id).values({column: value}))


def test_a_content_does_not_go_without_its_erasure(crisis: Crisis) -> None:
    entries, held = LogbookEntry.__table__, LogbookAttachment.__table__
    gone = {"content": None, "salt": None, "search_text": ""}
    refused(sa.update(entries).where(entries.c.id == entry(crisis).id).values(gone))
    blank = {"content": None, "file_name": "", "media_type": "", "size": 0, "sha256": ""}
    refused(sa.update(held).where(held.c.id == documents(crisis)[0].id).values(blank))


def test_an_erasure_opens_nothing_but_the_content(crisis: Crisis) -> None:
    entries, first = LogbookEntry.__table__, entry(crisis, 1)
    gone = {"content": None, "salt": None, "search_text": ""}
    refused(sa.update(entries).where(entries.c.id == first.id).values({**gone, "author_name": "Un autre"}))
    refused(sa.update(entries).where(entries.c.id == first.id).values({**gone, "search_text": "reste"}))
    refused(sa.update(entries).where(entries.c.id == first.id).values(content="{}"))


@pytest.mark.parametrize("table", TABLES)
def test_no_row_takes_the_place_of_another(crisis: Crisis, table: str) -> None:
    kind = TABLES[table].__table__
    row = db.session.execute(sa.select(kind)).mappings().first()
    assert row is not None
    if db.engine.dialect.name == "postgresql":
        again = "ON CONFLICT (id) DO UPDATE SET id = excluded.id"
        refused(f"INSERT INTO {table} SELECT * FROM {table} {again}")
    else:
        refused(sa.insert(kind).prefix_with("OR REPLACE").values(dict(row)))
        refused(f"REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", [*TABLES, "crises", "crisis_facts", "crisis_messages", "crisis_snapshots"])
def test_no_table_is_emptied(crisis: Crisis, table: str) -> None:
    if db.engine.dialect.name == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
    else:
        refused(f"TRUNCATE {table}", like="syntax error")


def test_a_closed_log_takes_no_entry_and_no_document(crisis: Crisis, author: Account) -> None:
    close(crisis, author)
    entries, held = LogbookEntry.__table__, LogbookAttachment.__table__
    last, document = entry(crisis, 8), documents(crisis)[0]
    one = {column.name: getattr(last, column.name) for column in entries.columns}
    refused(sa.insert(entries).values({**one, "id": uuid.uuid4(), "client_key": uuid.uuid4(), "number": 9}))
    two = {column.name: getattr(document, column.name) for column in held.columns}
    refused(sa.insert(held).values({**two, "id": uuid.uuid4(), "position": 3}))


@pytest.mark.parametrize("column", [one.name for one in Crisis.__table__.columns if one.name != "level_id"])
def test_no_column_of_a_closed_crisis_changes(crisis: Crisis, author: Account, column: str) -> None:
    close(crisis, author)
    crises = Crisis.__table__
    value = other_value(crises.columns[column], getattr(crisis, column))
    refused(sa.update(crises).where(crises.c.id == crisis.id).values({column: value}))
