"""One content erased on a legal order: written down, told by the log, gone from the file; the chain still holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import contents, erasing
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from tests.factories import NOON, AccountFactory, member
from tests.pilotage.logbook_integrity.logs import (
    ENTRIES,
    MIDDLE,
    SECRET,
    a_log,
    close,
    documents,
    entry,
    forge,
    forging,
    verify,
)

ORDER = "Tribunal judiciaire de Nîmes, ordonnance n° 26/123"


@pytest.fixture
def referent_account(app: Flask, cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def crisis(cpts: Cpts, referent_account: Account) -> Crisis:
    return a_log(cpts, referent_account)


def erase(crisis: Crisis, by: Account, number: int = MIDDLE) -> LogbookEntry:
    told = erasing.erase_content(entry(crisis, number), ordered_by=ORDER, by=by, at=NOON)
    db.session.commit()
    return told


def command(
    app: Flask, crisis: Crisis, by: Account, *, number: int = MIDDLE, also: str = "", answer: str = ""
) -> Result:
    """`flask erase-entry`, its questions answered one after the other; `also` where it asks about what repeats it."""
    lines = [str(crisis.id), str(number), *ORDER.split(", "), by.email, *([also] if also else [])]
    db.session.rollback()
    typed = "".join(f"{line}\n" for line in lines) + (answer or f"{number}\n")
    return app.test_cli_runner().invoke(args=["erase-entry"], input=typed)


def test_the_content_goes_and_the_chain_holds(app: Flask, crisis: Crisis, referent_account: Account) -> None:
    before = entry(crisis)
    kept = before.number, before.seal, before.content_digest, before.author_name, before.happened_at
    erase(crisis, referent_account)
    after = entry(crisis)
    assert (after.content, after.salt, after.search_text) == (None, None, "")
    assert (after.number, after.seal, after.content_digest, after.author_name, after.happened_at) == kept
    left = [(one.file_name, one.media_type, one.size, one.sha256, one.content) for one in documents(crisis)]
    assert left == [("", "", 0, "", None)] * 2
    assert verify(app).exit_code == 0, verify(app).output


def test_the_log_says_it_without_the_content(crisis: Crisis, referent_account: Account) -> None:
    told = erase(crisis, referent_account)
    assert (told.part, told.number, told.kind) == (Part.MAIN, ENTRIES + 1, EntryKind.ERASURE)
    assert told.said.text == f"Contenu de l’entrée n°\u00a0{MIDDLE} effacé sur décision\u00a0: {ORDER}"
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == Verb.REMOVED)).one()
    assert (event.subject, event.subject_id, event.fields) == ("logbook_entry", str(entry(crisis).id), ["content"])


def test_of_a_closed_log_the_annex_says_it(app: Flask, crisis: Crisis, referent_account: Account) -> None:
    close(crisis, referent_account)
    told = erase(crisis, referent_account)
    assert (told.part, told.number) == (Part.ANNEX, 1)
    assert verify(app).exit_code == 0, verify(app).output


def test_an_erasure_is_refused_without_order_twice_or_of_an_erasure(crisis: Crisis, referent_account: Account) -> None:
    with pytest.raises(erasing.NoOrder):
        erasing.erase_content(entry(crisis), ordered_by=" ", by=referent_account, at=NOON)
    told = erase(crisis, referent_account)
    with pytest.raises(erasing.ErasedAlready):
        erase(crisis, referent_account)
    with pytest.raises(erasing.TellsAnErasure):
        erase(crisis, referent_account, told.number)
    assert issubclass(erasing.TellsAnErasure, RuleBroken)


@pytest.mark.parametrize("column", ["ordered_by", "erased_by_name", "id"])
def test_what_is_written_of_an_erasure_is_read_again(
    app: Flask, crisis: Crisis, referent_account: Account, column: str
) -> None:
    erase(crisis, referent_account)
    erasures = EntryErasure.__table__
    with forging() as connection:
        value = {"id": entry(crisis, 1).id}.get(column, "Personne")
        connection.execute(sa.update(erasures).values({column: value}))
    result = verify(app)
    assert result.exit_code == 1
    assert f"ROMPU – entrée n°\u00a0{MIDDLE}\u00a0: " in result.output


def test_a_content_gone_without_erasure_or_back_despite_it_is_seen(
    app: Flask, crisis: Crisis, referent_account: Account
) -> None:
    held = entry(crisis)
    content, salt, text = held.content, held.salt, held.search_text
    forge(held, content=None, salt=None, search_text="")
    assert "sans qu’aucun effacement soit consigné" in verify(app).output
    forge(held, content=content, salt=salt, search_text=text)
    assert verify(app).exit_code == 0
    erase(crisis, referent_account)
    forge(held, content=content, salt=salt, search_text=text)
    assert "il reste quelque chose de son contenu" in verify(app).output


def test_an_erasure_taken_away_is_seen_in_what_tells_it(app: Flask, crisis: Crisis, referent_account: Account) -> None:
    held = entry(crisis, 1)
    content, salt, text = held.content, held.salt, held.search_text
    told = erase(crisis, referent_account, 1)
    with forging() as connection:
        connection.execute(sa.delete(EntryErasure.__table__))
    forge(held, content=content, salt=salt, search_text=text)
    assert f"entrée {told.name}\u00a0: elle dit un effacement qui n’est plus consigné" in verify(app).output


def test_the_command_erases_from_the_file_itself(app: Flask, crisis: Crisis, referent_account: Account) -> None:
    stored = contents.canonical(entry(crisis).said).encode()
    database = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    assert not database or stored in everything(database)
    result = command(app, crisis, referent_account)
    assert result.exit_code == 0, result.output
    assert f"l’entrée n°\u00a0{ENTRIES + 1} le dit, sans le contenu." in result.output
    assert SECRET not in result.output
    assert entry(crisis).is_erased
    assert not database or (SECRET.encode() not in everything(database) and b"piece-1" not in everything(database))


def everything(database: str) -> bytes:
    """The file of the database, and its journal."""
    return b"".join(found.read_bytes() for found in Path(database).parent.glob(f"{Path(database).name}*"))


def test_the_command_says_what_else_may_repeat_it(app: Flask, crisis: Crisis, referent_account: Account) -> None:
    fact = CrisisFact(crisis_id=crisis.id, kind=FactKind.ORSAN, happened_at=NOON, body="ARS", entry_id=entry(crisis).id,
                      recorded_at=NOON, recorded_by_id=referent_account.id, recorded_by_name="Claire")  # fmt: skip
    db.session.add(fact)
    db.session.commit()
    said = command(app, crisis, referent_account, also="non").output
    assert "À voir aussi\u00a0: un fait daté peut répéter" in said
    assert "À voir aussi\u00a0: l’entrée n°\u00a02, qu’elle corrige, peut répéter" in said


def test_the_command_is_refused_to_others_and_on_second_thoughts(
    app: Flask, cpts: Cpts, crisis: Crisis, referent_account: Account
) -> None:
    coordinator, operator = member(cpts, Role.COORDINATOR), AccountFactory(is_operator=True)
    db.session.commit()
    assert "ni d’un exploitant" in command(app, crisis, coordinator).output
    assert "Rien n’a été effacé" in command(app, crisis, referent_account, answer="5\n").output
    assert "n’a d’entrée de ce numéro" in command(app, crisis, operator, number=99).output
    assert not entry(crisis).is_erased
    assert command(app, crisis, operator).exit_code == 0
    assert command(app, crisis, operator).exit_code == 1
