"""Whatever column of an entry or of its documents is touched, the command names the entry."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from tests.pilotage.logbook_integrity.logs import MIDDLE, a_log, documents, entry, forge, other_value, verify

TO_NOTHING = "becomes nothing"
TO_ANOTHER = "becomes another"


def changes(table: sa.FromClause) -> list[Any]:
    """Every column becoming something else, and nothing where the table allows it."""
    return [
        pytest.param(column.name, how, id=f"{column.name} {how}")
        for column in table.columns
        for how in (TO_ANOTHER, TO_NOTHING)
        if how == TO_ANOTHER or column.nullable
    ]


@pytest.mark.parametrize(("name", "how"), changes(LogbookEntry.__table__))
def test_a_changed_column_of_an_entry_is_seen(app: Flask, cpts: Cpts, name: str, how: str) -> None:
    crisis = a_log(cpts)
    assert verify(app).exit_code == 0
    column, row = LogbookEntry.__table__.columns[name], entry(crisis)
    assert getattr(row, name) is not None
    forge(row, **{name: None if how == TO_NOTHING else other_value(column, getattr(row, name))})
    assert_named(verify(app))


@pytest.mark.parametrize(("name", "how"), changes(LogbookAttachment.__table__))
def test_a_changed_column_of_a_document_is_seen(app: Flask, cpts: Cpts, name: str, how: str) -> None:
    crisis = a_log(cpts)
    column, row = LogbookAttachment.__table__.columns[name], documents(crisis)[0]
    assert getattr(row, name) is not None
    forge(row, **{name: None if how == TO_NOTHING else other_value(column, getattr(row, name))})
    assert_named(verify(app))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("content", "{}", "son contenu, ou le sel"),
        ("salt", "0" * 32, "son contenu, ou le sel"),
        ("content_digest", "0" * 64, "l’empreinte scellée de son contenu"),
        ("previous_seal", "0" * 64, "le sceau précédent qu’elle porte"),
        ("seal", "0" * 64, "son sceau ne répond plus"),
        ("author_name", "Quelqu’un d’autre", "son auteur"),
        ("search_text", "autre chose", "la recherche"),
        ("number", 4000, "elle manque, ou son numéro a été changé"),
    ],
)
def test_what_is_wrong_is_said_in_words(app: Flask, cpts: Cpts, name: str, value: object, said: str) -> None:
    crisis = a_log(cpts)
    forge(entry(crisis), **{name: value})
    assert said in verify(app).output


def assert_named(result: Any) -> None:
    """The command fails, and its first words of trouble are about the entry in the middle."""
    assert result.exit_code == 1, result.output
    assert f"ROMPU – entrée n°\u00a0{MIDDLE}\u00a0:" in result.output.splitlines()[0], result.output
