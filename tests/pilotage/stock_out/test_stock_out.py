"""Material that leaves for a crisis: the stock moves, the logbook tells; an exercise moves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import movements
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.stock_out import operations, queries
from crisis_plan.pilotage.stock_out.operations import LinesRefused, NothingTaken
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis


@pytest.fixture
def by(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Luc Fabre")
    return made


@pytest.fixture
def crisis(cpts: Cpts, by: Account) -> Crisis:
    made = a_crisis(cpts, by)
    db.session.commit()
    return made


def test_what_leaves_moves_the_stock_and_is_one_entry(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    gloves, masks = batch_of(cpts, "Gants", 10, by=by), batch_of(cpts, "Masques", 100, by=by)
    entry = operations.hand_out(cpts, crisis, {gloves.id: 4, masks.id: 30}, given_to="Gymnase", by=by, at=NOON)
    assert (gloves.quantity, masks.quantity) == (6, 70)
    assert "4 × Gants (boîte), lot L1" in entry.said.text
    assert entry.said.recipient == "Gymnase"
    assert [(one.quantity, one.is_reversed) for one in queries.gone(crisis)] == [(4, False), (30, False)]


def test_more_than_there_is_refuses_every_line(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    gloves, masks = batch_of(cpts, "Gants", 10, by=by), batch_of(cpts, "Masques", 100, by=by)
    db.session.commit()
    with pytest.raises(LinesRefused) as refusal:
        operations.hand_out(cpts, crisis, {gloves.id: 11, masks.id: 30}, given_to="", by=by, at=NOON)
    db.session.rollback()
    assert list(refusal.value.why) == [gloves.id]
    assert (gloves.quantity, masks.quantity, logbook.last_number(crisis)) == (10, 100, 0)


def test_nothing_typed_is_said(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    with pytest.raises(NothingTaken):
        operations.hand_out(cpts, crisis, {batch_of(cpts, by=by).id: 0}, given_to="", by=by, at=NOON)


def test_an_exercise_tells_what_would_leave_and_moves_nothing(cpts: Cpts, by: Account) -> None:
    played, gloves = a_crisis(cpts, by, mode=Mode.EXERCISE), batch_of(cpts, "Gants", 10, by=by)
    entry = operations.hand_out(cpts, played, {gloves.id: 4}, given_to="Gymnase", by=by, at=NOON)
    assert gloves.quantity == 10
    assert "simulé" in entry.said.text
    assert queries.gone(played) == []


def test_what_is_reversed_in_the_stock_is_shown_as_never_gone(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    gloves = batch_of(cpts, "Gants", 10, by=by)
    operations.hand_out(cpts, crisis, {gloves.id: 4}, given_to="", by=by, at=NOON)
    (one,) = queries.gone(crisis)
    movements.reverse(one.movement.movement, by=by, at=NOON)
    assert [one.is_reversed for one in queries.gone(crisis)] == [True]


def test_what_expires_first_is_offered_first(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    day = clock.local(NOON, cpts).date()
    batch_of(cpts, "Gants", 1, label="sans date", by=by)
    batch_of(cpts, "Alcool", 1, label="tard", expires_on=day + timedelta(days=900), by=by)
    batch_of(cpts, "Vide", 0, by=by)
    assert [batch.label for batch in queries.batches(cpts, crisis, day)] == ["tard", "sans date"]


def test_quantities_are_typed_on_one_page_and_refusals_stand_beside_them(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, by: Account
) -> None:
    gloves = batch_of(cpts, "Gants", 10, by=by)
    field = f"taken_{gloves.id.hex}"
    refused = cell_member.post("cpts.stock_out.hand_out", {field: "12", "given_to": "Gymnase"}, crisis_id=crisis.id)
    assert refused.status == 422
    assert refused.html.select_one(f"#{field}")["value"] == "12"
    assert "Il n’en reste que 10" in refused.text
    done = cell_member.post("cpts.stock_out.hand_out", {field: "3", "given_to": "Gymnase"}, crisis_id=crisis.id)
    assert "3 × Gants" in done.follow().text


def test_what_has_expired_is_offered_last_and_leaves_only_when_that_is_said(
    cpts: Cpts, crisis: Crisis, by: Account
) -> None:
    day = clock.local(NOON, cpts).date()
    old = batch_of(cpts, "Masques", 10, label="vieux", expires_on=day - timedelta(days=200), by=by)
    batch_of(cpts, "Masques neufs", 10, label="neuf", expires_on=day + timedelta(days=200), by=by)
    with pytest.raises(LinesRefused) as refusal:
        operations.hand_out(cpts, crisis, {old.id: 2}, given_to="", by=by, at=NOON)
    assert "périmé depuis le" in refusal.value.why[old.id]
    entry = operations.hand_out(cpts, crisis, {old.id: 2}, given_to="", takes_expired=True, by=by, at=NOON)
    assert "périmé le" in entry.said.text


def test_whom_it_is_handed_to_is_asked_about_once_when_it_looks_like_a_patient(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, by: Account
) -> None:
    gloves = batch_of(cpts, "Gants", 10, by=by)
    typed = {f"taken_{gloves.id.hex}": "3", "given_to": "Mme Durand née le 12/03/1948"}
    asked = cell_member.post("cpts.stock_out.hand_out", typed, crisis_id=crisis.id)
    assert (asked.status, logbook.last_number(crisis)) == (422, 0)
    assert cell_member.submit(asked, "main form", {"is_nobody": "y"}).status == 303
    assert logbook.last_number(crisis) == 1
