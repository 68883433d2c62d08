"""Deciding an improvement, changing it, saying what becomes of it: each change is a step that stays."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import Base, db
from crisis_plan.errors import Stale
from crisis_plan.evaluation.improvements import operations, queries
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument
from crisis_plan.evaluation.improvements.operations import (
    Charge,
    Decided,
    DoneAlready,
    NobodyInCharge,
    Owner,
    Source,
    Target,
    WordNeeded,
)
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment
from tests.evaluation.improvements.factories import DUE, an_improvement
from tests.factories import NOON, CptsFactory, member
from tests.pilotage.logbook_integrity.logs import other_value
from tests.pilotage.logbook_integrity.test_refusals import refused

PROOF = Attachment("preuve.pdf", "application/pdf", b"%PDF-1.7 %%EOF")
HOUR = timedelta(hours=1)
KEPT = (
    "id", "cpts_id", "number", "origin", "origin_words", "finding_id", "opinion_id", "created_at", "created_by_id",
    "created_by_name",
)  # fmt: skip


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.COORDINATOR)


def move(one: Improvement, state: ImprovementState, word: str, by: Account, *attachments: Attachment) -> None:
    operations.move(
        one, state, word, seen_version=one.version, by=by, at=NOON + HOUR * one.version, attachments=attachments
    )


def told(one: Improvement) -> list[tuple[int, str, str]]:
    """Its steps as they are stored."""
    db.session.commit()
    db.session.expire_all()
    return [(step.number, step.state.label, step.word) for step in one.steps]


def test_improvements_are_numbered_in_their_cpts(cpts: Cpts, by: Account) -> None:
    elsewhere = CptsFactory()
    made = [an_improvement(cpts, by), an_improvement(elsewhere, by), an_improvement(cpts, by)]
    assert [one.number for one in made] == [1, 1, 2]
    assert [one.name for one in queries.improvements(cpts)] == ["Amélioration n°\u00a01", "Amélioration n°\u00a02"]


def test_each_change_of_state_is_a_step(cpts: Cpts, by: Account) -> None:
    one = an_improvement(cpts, by)
    move(one, ImprovementState.IN_PROGRESS, "La mairie est appelée.", by)
    move(one, ImprovementState.DONE, "Convention signée.", by, PROOF)
    assert told(one) == [
        (1, "À faire", ""),
        (2, "En cours", "La mairie est appelée."),
        (3, "Réalisée", "Convention signée."),
    ]
    assert (one.word, one.version, [document.file_name for document in one.documents]) == (
        "Convention signée.",
        3,
        ["preuve.pdf"],
    )


@pytest.mark.parametrize("state", [ImprovementState.DONE, ImprovementState.REFUSED])
def test_what_is_closed_says_why(cpts: Cpts, by: Account, state: ImprovementState) -> None:
    one = an_improvement(cpts, by)
    with pytest.raises(WordNeeded):
        move(one, state, "  ", by)
    assert told(one) == [(1, "À faire", "")]


def test_a_document_is_a_proof_and_never_a_reason(cpts: Cpts, by: Account) -> None:
    one, other = an_improvement(cpts, by), an_improvement(cpts, by)
    move(one, ImprovementState.DONE, "", by, PROOF)
    assert one.state is ImprovementState.DONE
    with pytest.raises(WordNeeded):
        move(other, ImprovementState.REFUSED, "", by, PROOF)


def test_what_was_done_and_named_awaits_another_version_once_taken_up_again(cpts: Cpts, by: Account) -> None:
    from tests.opinions.factories import version

    one, published = an_improvement(cpts, by, state=ImprovementState.DONE), version(cpts)
    operations.name_in([one], published.id)
    assert list(queries.done_and_not_named(cpts)) == []
    move(one, ImprovementState.OPEN, "Il manque le numéro de nuit.", by)
    assert one.publication_id is None
    move(one, ImprovementState.DONE, "Le numéro y est.", by)
    assert [found.id for found in queries.done_and_not_named(cpts)] == [one.id]


def test_what_changes_is_said_with_what_it_was(cpts: Cpts, by: Account) -> None:
    one = an_improvement(cpts, by, due_on=date(2027, 2, 1), owner=Owner(name="Anne Roux"))
    decided = Decided("Ajouter le numéro de nuit", Owner(by.id, by.name), date(2027, 3, 3), Target(title=""))
    operations.change(one, decided, seen_version=1, by=by, at=NOON)
    assert told(one)[1] == (
        2,
        "À faire",
        "Texte précédent\u00a0: Ajouter les horaires d’été à la fiche\n"
        f"Responsable\u00a0: {by.name}, à la place de Anne Roux\n"
        "Échéance\u00a0: 3 mars 2027, au lieu du 1er février 2027\n"
        "Dans le plan\u00a0: hors du texte du plan",
    )


def test_saying_the_same_again_is_no_step(cpts: Cpts, by: Account) -> None:
    one = an_improvement(cpts, by)
    same = Decided(one.text, Owner(by.id, by.name), one.due_on, Target(title=one.target))
    operations.change(one, same, seen_version=1, by=by, at=NOON)
    assert (one.version, len(told(one))) == (1, 1)


def test_what_is_done_is_not_changed_any_more(cpts: Cpts, by: Account) -> None:
    one = an_improvement(cpts, by, state=ImprovementState.DONE)
    with pytest.raises(DoneAlready):
        operations.change(one, Decided("Autre", Owner(name="A"), DUE), seen_version=one.version, by=by, at=NOON)
    assert one.text == "Ajouter les horaires d’été à la fiche"


def test_an_old_page_changes_nothing(cpts: Cpts, by: Account) -> None:
    one = an_improvement(cpts, by, state=ImprovementState.IN_PROGRESS)
    with pytest.raises(Stale):
        operations.move(one, ImprovementState.DONE, "Fait.", seen_version=1, by=by, at=NOON)
    with pytest.raises(Stale):
        operations.change(one, Decided("Autre", Owner(name="A"), DUE), seen_version=1, by=by, at=NOON)


def test_what_was_named_and_then_refused_awaits_another_version_once_done_again(cpts: Cpts, by: Account) -> None:
    from tests.opinions.factories import version

    one, published = an_improvement(cpts, by, state=ImprovementState.DONE), version(cpts)
    operations.name_in([one], published.id)
    move(one, ImprovementState.REFUSED, "Finalement non.", by)
    move(one, ImprovementState.DONE, "Refaite autrement.", by)
    assert one.publication_id is None
    assert [found.id for found in queries.done_and_not_named(cpts)] == [one.id]


def test_a_better_proof_of_what_is_done_leaves_the_version_that_names_it(cpts: Cpts, by: Account) -> None:
    from tests.opinions.factories import version

    one, published = an_improvement(cpts, by, state=ImprovementState.DONE), version(cpts)
    operations.name_in([one], published.id)
    move(one, ImprovementState.DONE, "Photographie jointe.", by)
    assert one.publication_id == published.id


@pytest.mark.parametrize("state", [one for one in ImprovementState if one is not ImprovementState.REFUSED])
def test_a_refused_one_is_taken_up_with_who_and_when(cpts: Cpts, by: Account, state: ImprovementState) -> None:
    one = operations.refuse_at_once(cpts, "Acheter un drone", "Non.", Source(), target=Target(), by=by, at=NOON)
    with pytest.raises(NobodyInCharge):
        move(one, state, "Le conseil a changé d’avis.", by)
    charge = Charge(Owner(name="Anne Roux"), DUE)
    operations.move(one, state, "Le conseil a changé d’avis.", charge=charge, seen_version=1, by=by, at=NOON)
    assert (one.state, one.owner_name, one.due_on, one.word) == (state, "Anne Roux", DUE, "Le conseil a changé d’avis.")
    assert told(one)[1][2] == (
        "Le conseil a changé d’avis.\nResponsable\u00a0: Anne Roux, à la place de personne\nÉchéance\u00a0: 1er mars 2027"
    )


def test_a_refused_one_is_taken_up_once_somebody_is_in_charge(cpts: Cpts, by: Account) -> None:
    reason = "Hors de notre rôle."
    one = operations.refuse_at_once(cpts, "Acheter un drone", reason, Source(), target=Target(), by=by, at=NOON)
    with pytest.raises(NobodyInCharge):
        move(one, ImprovementState.OPEN, "", by)
    decided = Decided(one.text, Owner(by.id, by.name), DUE)
    operations.change(one, decided, seen_version=one.version, by=by, at=NOON)
    move(one, ImprovementState.OPEN, "Le conseil a changé d’avis.", by)
    assert one.state is ImprovementState.OPEN
    with pytest.raises(WordNeeded):
        operations.refuse_at_once(cpts, "Rien", " ", Source(), target=Target(), by=by, at=NOON)


def test_another_cpts_sees_none_of_them(cpts: Cpts, by: Account) -> None:
    made, elsewhere = an_improvement(cpts, by, due_on=date(2026, 1, 1)), CptsFactory()
    assert [one.id for one in queries.overdue(cpts, date(2026, 1, 2))] == [made.id]
    assert not queries.improvements(elsewhere)
    assert not queries.still_open(elsewhere)
    assert not queries.overdue(elsewhere, date(2026, 1, 2))


@pytest.fixture
def kept(cpts: Cpts, by: Account) -> Improvement:
    """With a step and a document."""
    one = an_improvement(cpts, by, source=Source(Origin.CRISIS, "Crise n° 1"))
    document = ImprovementDocument(improvement_id=one.id)
    document.take(PROOF, by=by, at=NOON)
    db.session.add(document)
    db.session.commit()
    return one


@pytest.mark.parametrize("name", ["improvement_steps", "improvement_documents"])
def test_the_database_refuses_to_change_a_step_or_a_document(kept: Improvement, name: str) -> None:
    for column in Base.metadata.tables[name].columns:
        refused(f"UPDATE {name} SET {column.name} = {column.name}", like="append only")


@pytest.mark.parametrize("name", ["improvements", "improvement_steps", "improvement_documents"])
def test_the_database_refuses_that_any_goes_or_is_replaced(kept: Improvement, name: str) -> None:
    table = Base.metadata.tables[name]
    db.session.rollback()
    row = dict(db.session.execute(sa.select(table)).mappings().one())
    refused(sa.delete(table), like="append only")
    if db.engine.dialect.name == "sqlite":
        refused(sa.insert(table).prefix_with("OR REPLACE").values(row), like="append only")
    else:
        refused(f"TRUNCATE {name} CASCADE", like="append only")


@pytest.mark.parametrize("column", KEPT)
def test_the_database_keeps_where_an_improvement_comes_from(kept: Improvement, column: str) -> None:
    table = Base.metadata.tables["improvements"]
    value = uuid.uuid4() if column.endswith("_id") else other_value(table.c[column], getattr(kept, column))
    refused(sa.update(table).values({column: value}), like="append only")


def test_what_is_said_of_an_improvement_stays_free(app: Flask, kept: Improvement) -> None:
    free = {"text": "Autre", "word": "Fait", "reminded_on": DUE, "version": 9, "owner_name": "Anne"}
    table = Base.metadata.tables["improvements"]
    db.session.execute(sa.update(table).values(free))
    db.session.commit()
    assert {key: getattr(kept, key) for key in free} == free
