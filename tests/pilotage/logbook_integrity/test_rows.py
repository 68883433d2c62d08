"""Rows taken away, moved, added or sealed again: the command says where the log stops being whole."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import citations, contents, seals
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from tests.factories import NOON, member
from tests.pilotage.logbook_integrity.logs import (
    ENTRIES,
    MIDDLE,
    a_log,
    close,
    documents,
    entry,
    forge,
    forging,
    verify,
)

ENTRY, DOCUMENT = LogbookEntry.__table__, LogbookAttachment.__table__


@pytest.fixture
def author(app: Flask, cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def crisis(cpts: Cpts, author: Account) -> Crisis:
    return a_log(cpts, author)


def trouble(app: Flask) -> str:
    """What is wrong, without the name of the crisis."""
    result = verify(app)
    assert result.exit_code == 1, result.output
    return str(result.output.splitlines()[0].partition("ROMPU – ")[2])


def test_a_whole_log_is_told_with_its_last_number_and_seal(app: Flask, crisis: Crisis) -> None:
    result = verify(app)
    assert result.exit_code == 0
    line = f"uzege, Crise n°\u00a01 ({crisis.id})\u00a0: intact jusqu’à l’entrée n°\u00a0{ENTRIES}, sceau "
    assert result.output.splitlines()[0] == line + entry(crisis, ENTRIES).seal
    assert result.output.splitlines()[-1] == "1 journal(aux) relu(s), tous intacts."


def test_every_crisis_is_read_or_the_one_that_is_named(app: Flask, cpts: Cpts, author: Account, crisis: Crisis) -> None:
    other = a_log(cpts, author, title="Inondation")
    forge(entry(other), content="{}")
    assert len(verify(app).output.splitlines()) == 2
    assert verify(app).exit_code == 1
    assert verify(app, "--crisis", str(crisis.id)).exit_code == 0
    assert "Aucune crise" in verify(app, "--crisis", str(uuid.uuid4())).output


def test_a_deleted_entry_is_missed(app: Flask, crisis: Crisis) -> None:
    gone = entry(crisis)
    with forging() as connection:
        connection.execute(sa.delete(DOCUMENT).where(DOCUMENT.c.entry_id == gone.id))
        connection.execute(sa.delete(ENTRY).where(ENTRY.c.id == gone.id))
    assert trouble(app).startswith(f"entrée n°\u00a0{MIDDLE}\u00a0: elle manque")


def test_the_first_entry_is_missed_too(app: Flask, crisis: Crisis) -> None:
    gone = entry(crisis, 1)
    with forging() as connection:
        connection.execute(sa.delete(ENTRY).where(ENTRY.c.id == gone.id))
    assert trouble(app).startswith("entrée n°\u00a01\u00a0: elle manque")


def test_a_gap_closed_by_new_numbers_is_seen_where_it_was(app: Flask, crisis: Crisis) -> None:
    gone = entry(crisis, 5)
    with forging() as connection:
        connection.execute(sa.delete(ENTRY).where(ENTRY.c.id == gone.id))
        for number in (6, 7):
            one = sa.and_(ENTRY.c.crisis_id == gone.crisis_id, ENTRY.c.number == number)
            connection.execute(sa.update(ENTRY).where(one).values(number=number - 1))
    assert trouble(app).startswith("entrée n°\u00a05\u00a0:")


def test_two_entries_that_change_places_are_seen(app: Flask, crisis: Crisis) -> None:
    first, second = entry(crisis, 3).id, entry(crisis, 6).id
    with forging() as connection:
        for identity, number in ((first, 1000), (second, 3), (first, 6)):
            connection.execute(sa.update(ENTRY).where(ENTRY.c.id == identity).values(number=number))
    assert trouble(app).startswith("entrée n°\u00a03\u00a0:")


def test_an_entry_slipped_in_is_seen(app: Flask, crisis: Crisis) -> None:
    copied = {column.name: getattr(entry(crisis, 3), column.name) for column in ENTRY.columns}
    slipped = {**copied, "id": uuid.uuid4(), "client_key": uuid.uuid4(), "number": ENTRIES + 1}
    with forging() as connection:
        connection.execute(sa.insert(ENTRY).values(slipped))
    assert trouble(app).startswith(f"entrée n°\u00a0{ENTRIES + 1}\u00a0:")


def test_an_entry_sealed_again_alone_is_seen_by_the_next(app: Flask, crisis: Crisis) -> None:
    forged = entry(crisis)
    stored = contents.canonical(contents.Content(text="Autre chose", attachments=forged.said.attachments))
    digest = seals.digest(forged.salt or "", stored)
    seal = seals.seal(forged.previous_seal, forged.header, digest)
    text = contents.searched(contents.read_content(stored))
    forge(forged, content=stored, content_digest=digest, seal=seal, search_text=text)
    said = trouble(app)
    assert said.startswith(f"entrée n°\u00a0{MIDDLE + 1}\u00a0: elle ne suit pas le sceau de n°\u00a0{MIDDLE}")
    assert "scellée de nouveau" in said


def test_a_document_put_beside_an_entry_is_seen(app: Flask, crisis: Crisis) -> None:
    copied = {column.name: getattr(documents(crisis)[0], column.name) for column in DOCUMENT.columns}
    with forging() as connection:
        connection.execute(sa.insert(DOCUMENT).values({**copied, "id": uuid.uuid4(), "position": 3}))
    assert trouble(app) == f"entrée n°\u00a0{MIDDLE}\u00a0: une pièce jointe a été ajoutée après coup."


def test_a_document_taken_away_is_seen(app: Flask, crisis: Crisis) -> None:
    gone = documents(crisis)[1]
    with forging() as connection:
        connection.execute(sa.delete(DOCUMENT).where(DOCUMENT.c.id == gone.id))
    assert trouble(app) == f"entrée n°\u00a0{MIDDLE}\u00a0: sa pièce jointe 2 manque."


def test_the_bytes_of_a_document_are_hashed_again(app: Flask, crisis: Crisis) -> None:
    held = documents(crisis)[1]
    forge(held, content=held.content.replace(b"2", b"3"))
    assert trouble(app) == f"entrée n°\u00a0{MIDDLE}\u00a0: ce n’est plus le contenu de sa pièce jointe 2."


def test_an_entry_that_belongs_nowhere_is_seen(app: Flask, crisis: Crisis) -> None:
    forge(entry(crisis, ENTRIES), crisis_id=uuid.uuid4())
    assert f"une entrée numérotée {ENTRIES} n’est d’aucun journal" in verify(app).output
    assert verify(app).exit_code == 1


def test_a_closed_crisis_ends_with_its_closing(app: Flask, author: Account, crisis: Crisis) -> None:
    with forging() as connection:
        crises = Crisis.__table__
        connection.execute(sa.update(crises).where(crises.c.id == crisis.id).values(closed_at=NOON))
    assert trouble(app) == "la crise est close, et son journal ne finit pas par une entrée de clôture."


def test_a_crisis_opened_again_is_seen(app: Flask, author: Account, crisis: Crisis) -> None:
    close(crisis, author)
    assert verify(app).exit_code == 0
    with forging() as connection:
        crises = Crisis.__table__
        connection.execute(sa.update(crises).where(crises.c.id == crisis.id).values(closed_at=None))
    assert trouble(app) == f"l’entrée n°\u00a0{ENTRIES + 1} clôt le journal, et la crise n’est pas close."
    db.session.expire_all()
    append_entry(crisis, Written(EntryKind.INFORMATION, "Après coup"), by=author, at=NOON)
    db.session.commit()
    assert trouble(app) == f"l’entrée n°\u00a0{ENTRIES + 2} a été écrite après la clôture."


def test_the_annex_is_chained_to_the_closing(app: Flask, author: Account, crisis: Crisis) -> None:
    close(crisis, author)
    late = append_entry(crisis, Written(EntryKind.INFORMATION, "Arrivée tard", device_at=NOON), by=author, at=NOON)
    db.session.commit()
    assert (late.part, late.number, late.previous_seal) == (Part.ANNEX, 1, entry(crisis, ENTRIES + 1).seal)
    assert "jusqu’à l’entrée annexe n°\u00a01" in verify(app).output
    forge(entry(crisis, 1, Part.ANNEX), author_name="Un autre")
    assert trouble(app).startswith("entrée annexe n°\u00a01\u00a0: son sceau ne répond plus")


def test_a_fact_that_cites_the_entry_of_another_crisis_is_seen(
    app: Flask, cpts: Cpts, author: Account, crisis: Crisis
) -> None:
    elsewhere = a_log(cpts, author, title="Inondation")
    fact = CrisisFact(crisis_id=crisis.id, kind=FactKind.ORSAN, happened_at=NOON, body="ARS", entry_id=entry(crisis).id,
                      recorded_at=NOON, recorded_by_id=author.id, recorded_by_name=author.name)  # fmt: skip
    db.session.add(fact)
    db.session.commit()
    assert verify(app).exit_code == 0
    table = CrisisFact.__table__
    other = entry(elsewhere).id
    with forging() as connection:
        connection.execute(sa.update(table).values(entry_id=other))
    assert trouble(app) == "un fait daté cite une entrée qui n’est pas de cette crise."


def test_every_table_that_cites_an_entry_has_a_name() -> None:
    naming = {table.name for table in citations.citing()} | {column.table.name for column in citations.numbering()}
    assert {"crisis_facts", "crisis_messages", "crisis_movements", "situation_reports", "crisis_tasks"} <= naming
    assert naming == set(citations.NAMES)
    assert {table.name for table in citations._naming_an_entry()} <= naming | set(citations.BESIDE)


@pytest.mark.parametrize("column", ["number", "kind", "happened_at", "author_id", "client_key", "corrects"])
def test_a_value_that_is_not_even_of_its_type_is_named(app: Flask, crisis: Crisis, column: str) -> None:
    """SQLite keeps what it is given; PostgreSQL refuses all but an unknown kind."""
    if db.engine.dialect.name == "postgresql" and column != "kind":
        with pytest.raises(sa.exc.DBAPIError), forging() as connection:
            connection.exec_driver_sql(f"UPDATE logbook_entries SET {column} = 'n’importe quoi'")
        return
    with forging() as connection:
        connection.exec_driver_sql(f"UPDATE logbook_entries SET {column} = 'n’importe quoi' WHERE number = {MIDDLE}")
    assert trouble(app).startswith(f"entrée n°\u00a0{MIDDLE}\u00a0:")
