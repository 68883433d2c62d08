"""What the communes need: noted, answered, counted, and told by the logbook."""

from __future__ import annotations

import pytest

from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.needs import operations, queries
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import WHOLE_TERRITORY, NeedKind, NeedState
from tests.browser import Browser
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis

DIALYSIS = Need("30334", "Uzès", NeedKind.CONTINUITY, "Transport vers Nîmes", CareKind.DIALYSIS, 4, "Mairie")


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    db.session.commit()
    return made


def test_a_need_is_an_entry_that_counts_and_names_nobody(crisis: Crisis, account: Account) -> None:
    need = operations.note(crisis, DIALYSIS, by=account, at=NOON)
    entry = logbook.entry_or_404(crisis, need.entry_number or 0)
    assert entry.said.text == (
        "Besoin à Uzès – Continuité des traitements, dialyse, 4\u00a0personnes\u00a0: Transport vers Nîmes"
    )
    assert entry.said.origin == "Mairie"


def test_answering_twice_the_same_is_one_entry(crisis: Crisis, account: Account) -> None:
    need = operations.note(crisis, DIALYSIS, by=account, at=NOON)
    for _ in range(2):
        operations.answer(crisis, need, NeedState.MET, "Taxi de 6 h", by=account, at=NOON)
    assert logbook.last_number(crisis) == 2
    assert logbook.entry_or_404(crisis, 2).said.text.endswith("Réponse\u00a0: Taxi de 6 h")


def test_the_board_puts_communes_with_open_needs_first(crisis: Crisis, account: Account) -> None:
    met = operations.note(crisis, Need("30334", "Arpaillargues", NeedKind.CARE, "Une tournée"), by=account, at=NOON)
    operations.answer(crisis, met, NeedState.MET, "", by=account, at=NOON)
    operations.note(crisis, Need("", WHOLE_TERRITORY, NeedKind.STAFF, "Deux infirmières"), by=account, at=NOON)
    assert [(one.commune, one.open_count) for one in queries.board(crisis)] == [
        (WHOLE_TERRITORY, 1),
        ("Arpaillargues", 0),
    ]
    assert [need.text for need in queries.still_open(crisis)] == ["Deux infirmières"]


def test_care_is_totalled_over_open_needs_only(crisis: Crisis, account: Account) -> None:
    operations.note(crisis, DIALYSIS, by=account, at=NOON)
    met = operations.note(crisis, DIALYSIS, by=account, at=NOON)
    operations.answer(crisis, met, NeedState.HANDED_OVER, "CHU", by=account, at=NOON)
    (total,) = queries.care_totals(queries.needs(crisis))
    assert (total.care, total.people, total.communes) == (CareKind.DIALYSIS, 4, 1)


def test_a_need_changed_meanwhile_is_not_overwritten(crisis: Crisis, account: Account) -> None:
    need = operations.note(crisis, DIALYSIS, by=account, at=NOON)
    operations.answer(crisis, need, NeedState.UNDER_WAY, "", by=account, at=NOON)
    with pytest.raises(Stale):
        operations.rewrite(crisis, need, DIALYSIS, seen_version=1, by=account, at=NOON)


def test_a_closed_crisis_takes_no_need(crisis: Crisis, account: Account) -> None:
    crisis.closed_at = NOON
    db.session.flush()
    with pytest.raises(CrisisClosed):
        operations.note(crisis, DIALYSIS, by=account, at=NOON)


def test_a_need_is_noted_and_answered_on_the_board(cell_member: Browser, crisis: Crisis) -> None:
    cell_member.post(
        "cpts.needs.note",
        {"commune_code": "30334", "kind": "supplies", "text": "Eau en bouteille"},
        crisis_id=crisis.id,
    )
    page = cell_member.get("cpts.needs.index", crisis_id=crisis.id)
    assert page.texts("#besoins .typed") == ["Eau en bouteille"]
    (need,) = queries.needs(crisis)
    cell_member.post(
        "cpts.needs.answer", {"state": "met", "word": "Livrée par la mairie"}, crisis_id=crisis.id, need_id=need.id
    )
    assert cell_member.get("cpts.needs.index", crisis_id=crisis.id).texts("#besoins .typed") == []
    everything = cell_member.get("cpts.needs.index", crisis_id=crisis.id, tout=1)
    assert everything.texts("#besoins .typed") == ["Eau en bouteille", "Réponse : Livrée par la mairie"]


def test_what_looks_like_a_patient_is_asked_about_and_kept(cell_member: Browser, crisis: Crisis) -> None:
    typed = {"commune_code": "30334", "kind": "care", "text": "Né le 12/03/1951, Martin, dialyse"}
    refused = cell_member.post("cpts.needs.note", typed, crisis_id=crisis.id)
    assert refused.texts("textarea[name=text]") == ["Né le 12/03/1951, Martin, dialyse"]
    cell_member.post("cpts.needs.note", {**typed, "is_nobody": "y"}, crisis_id=crisis.id)
    assert len(queries.needs(crisis)) == 1


def test_a_live_board_hears_nothing_while_nothing_is_new(cell_member: Browser, crisis: Crisis) -> None:
    cell_member.post(
        "cpts.needs.note", {"commune_code": "", "kind": "shelter", "text": "Une tente"}, crisis_id=crisis.id
    )
    last = logbook.last_number(crisis)
    assert cell_member.fragment("cpts.needs.index", crisis_id=crisis.id, after=last).status == 204
    assert cell_member.fragment("cpts.needs.index", crisis_id=crisis.id, after=last - 1).texts(".typed") == [
        "Une tente"
    ]
