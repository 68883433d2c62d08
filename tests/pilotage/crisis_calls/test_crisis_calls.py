"""Calling people in a crisis: lists that the logbook opens and closes, with their figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice, choice
from crisis_plan.pilotage.calls.models import CallList
from crisis_plan.pilotage.calls.operations import ListClosed
from crisis_plan.pilotage.calls.rules import Channel, Outcome, Purpose
from crisis_plan.pilotage.communication.sms_links import groups
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_calls import operations, queries
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.browser import Browser
from tests.crawl import visit
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.pilotage.calls.factories import person
from tests.pilotage.crises.factories import a_crisis

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    db.session.commit()
    return made


def opened(cpts: Cpts, crisis: Crisis, account: Account, *names: str) -> CallList:
    """A list of these people, open since noon."""
    people = [person(cpts, name, phone=f"+3361122334{rank}") for rank, name in enumerate(names)]
    made = operations.open_for(
        cpts, crisis, chosen=Choice(Audience.ADHERENTS), contacts=people, channel=Channel.TELEPHONE,
        title="Renforts", message="Venez-vous", by=account, at=NOON,
    )  # fmt: skip
    db.session.commit()
    return made


def reach(made: CallList, rank: int, account: Account, *, minutes: int, comes: bool) -> None:
    at = NOON + timedelta(minutes=minutes)
    attempts.record_attempt(
        made.lines[rank], Report(Outcome.REACHED, comes), seen_attempts=0, by=account, at=at
    )  # fmt: skip
    db.session.commit()


def test_a_list_that_opens_is_an_entry_and_its_purpose_is_the_crisis(
    cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    made = opened(cpts, crisis, account, "Ada", "Bea")
    entry = logbook.entry_or_404(crisis, 1)
    assert (made.purpose, entry.kind) == (Purpose.CRISIS, EntryKind.ACTION_STARTED)
    assert entry.said.text == (
        f"Liste d’appel ouverte{NBSP}: Renforts, Adhérents, 2{NBSP}personnes, appel téléphonique."
    )


def test_an_exercise_says_so_to_whom_it_calls(cpts: Cpts, account: Account) -> None:
    made = opened(cpts, a_crisis(cpts, account, mode=Mode.EXERCISE), account, "Ada")
    assert made.purpose.prefix == "[EXERCICE] "


def test_closing_writes_the_figures_in_the_log(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    made = opened(cpts, crisis, account, "Ada", "Bea", "Cyr")
    reach(made, 0, account, minutes=4, comes=True)
    reach(made, 1, account, minutes=9, comes=False)
    operations.close(crisis, made, by=account, at=NOON + timedelta(hours=1))
    entry = logbook.entry_or_404(crisis, 2)
    assert entry.kind is EntryKind.ACTION_DONE
    assert entry.said.text == (
        f"Liste d’appel close{NBSP}: Renforts. 2 jointes sur 3{NBSP}personnes, 1{NBSP}vient, "
        f"la moitié en{NBSP}: 9{NBSP}min, 90{NBSP}% en{NBSP}: non atteint."
    )
    with pytest.raises(ListClosed):
        operations.close(crisis, made, by=account, at=NOON)


def test_all_lists_of_this_crisis_close_with_it_and_no_other(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    other = a_crisis(cpts, account, title="Inondation")
    mine = [opened(cpts, crisis, account, name) for name in ("Ada", "Bea")]
    theirs = opened(cpts, other, account, "Cyr")
    operations.close_all(crisis, by=account, at=NOON)
    assert [one.closed_at for one in mine] == [NOON, NOON]
    assert (list(queries.running(crisis)), list(queries.running(other))) == ([], [theirs])
    assert logbook.last_number(crisis) == 4


def test_a_closed_crisis_opens_no_list(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    crisis.closed_at = NOON
    db.session.commit()
    with pytest.raises(CrisisClosed):
        opened(cpts, crisis, account, "Ada")


def test_the_list_of_the_cell_opens_with_those_who_hold_a_function(
    cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    person(cpts, "Bea")
    duty = CellDuty(contact=person(cpts, "Ada"), rank=Rank.TITULAR, starts_on=TODAY, created_at=NOON)
    db.session.add(CellFunction(cpts_id=cpts.id, position=1, name="Liaison", duties=[duty]))
    db.session.flush()
    made = operations.open_for_cell(cpts, crisis, by=account, at=NOON)
    (found,) = queries.running(crisis)
    assert found is made
    assert [line.name for line in found.lines] == ["Camille ADA"]


def test_an_empty_cell_is_no_error_and_writes_nothing(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    person(cpts, "Ada")
    assert operations.open_for_cell(cpts, crisis, by=account, at=NOON) is None
    assert logbook.last_number(crisis) == 0


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        ({"public": "volontaires", "precision": "ill"}, ["1"]),
        ({"public": "volontaires"}, ["2"]),
        ({"public": "partenaires"}, ["1"]),
        ({"public": "annuaire"}, ["4"]),
    ],
)
def test_one_sees_how_many_a_public_is_before_anything_leaves(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, public: dict[str, str], expected: list[str]
) -> None:
    ContactFactory(cpts_id=cpts.id, volunteer_for=[CrisisType.ILL.value])
    ContactFactory(cpts_id=cpts.id, volunteer_for=[CrisisType.NRC.value])
    ContactFactory(cpts_id=cpts.id, kind="partner")
    ContactFactory(cpts_id=cpts.id)
    person(CptsFactory(), "Ailleurs")
    db.session.commit()
    page = cell_member.get("cpts.crisis_calls.new", crisis_id=crisis.id, **public)
    assert page.texts(".stat dd")[:1] == expected


def test_a_type_that_nobody_knows_is_every_volunteer() -> None:
    assert choice("volontaires", "inconnu") == Choice(Audience.VOLUNTEERS)
    known = choice("volontaires", "ill")
    assert known is not None
    assert known.in_words == f"Volontaires{NBSP}: Malades, notamment personnes âgées ou enfants"


def test_a_list_is_opened_in_one_press_and_its_page_leads_back_to_the_crisis(
    cell_member: Browser, cpts: Cpts, crisis: Crisis
) -> None:
    person(cpts, "Ada")
    db.session.commit()
    form = cell_member.get("cpts.crisis_calls.new", crisis_id=crisis.id, public="adherents")
    page = cell_member.submit(form).follow()
    assert page.texts("h1") == ["Rappel : Adhérents"]
    assert "Crise n° 1 : Feu de forêt" in page.texts(".crisis-name a")
    trail = page.links(".breadcrumb a")
    assert trail["Appels"].endswith(f"/crises/{crisis.id}/appels/")
    (made,) = queries.running(crisis)
    line = cell_member.get("cpts.calls.line", list_id=made.id, line_id=made.lines[0].id)
    assert line.links(".breadcrumb a")["Appels"] == trail["Appels"]


def test_sent_twice_a_list_opens_once(cell_member: Browser, cpts: Cpts, crisis: Crisis) -> None:
    person(cpts, "Ada")
    db.session.commit()
    form = cell_member.get("cpts.crisis_calls.new", crisis_id=crisis.id, public="adherents")
    first, second = cell_member.submit(form), cell_member.submit(form)
    assert first.location == second.location
    assert len(queries.running(crisis)) == logbook.last_number(crisis) == 1


def test_the_index_counts_and_hears_what_moves(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    made = opened(cpts, crisis, account, "Ada", "Bea")
    page = cell_member.get("cpts.crisis_calls.index", crisis_id=crisis.id)
    assert page.texts(".stat dd") == ["2", "0", "0", "non atteint", "non atteint"]
    seen = queries.mark(crisis)
    assert cell_member.fragment("cpts.crisis_calls.index", crisis_id=crisis.id, vu=seen).status == 204
    reach(made, 0, account, minutes=3, comes=True)
    block = cell_member.fragment("cpts.crisis_calls.index", crisis_id=crisis.id, vu=seen)
    assert block.texts(".stat dd") == ["2", "1", "1", "3 min", "non atteint"]
    assert "<html" not in block.source


def test_a_list_of_a_crisis_closes_by_the_crisis_alone(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    made = opened(cpts, crisis, account, "Ada")
    by_calls = cell_member.post("cpts.calls.close", list_id=made.id)
    assert by_calls.location == cell_member.address(
        "cpts.crisis_calls.confirm_close", crisis_id=crisis.id, list_id=made.id
    )
    assert made.closed_at is None
    cell_member.submit(by_calls.follow())
    assert made.closed_at == NOON
    assert logbook.entry_or_404(crisis, 2).said.text.startswith("Liste d’appel close")
    again = cell_member.post("cpts.crisis_calls.close", crisis_id=crisis.id, list_id=made.id)
    assert again.status == 409


def test_a_list_of_another_crisis_is_not_found(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    other = a_crisis(cpts, account, title="Inondation")
    made = opened(cpts, other, account, "Ada")
    for endpoint in ("texts", "confirm_close"):
        page = cell_member.get(f"cpts.crisis_calls.{endpoint}", crisis_id=crisis.id, list_id=made.id)
        assert page.status == 404


def test_one_sms_goes_to_every_mobile_of_the_list(cell_member: Browser, cpts: Cpts, account: Account) -> None:
    drill = a_crisis(cpts, account, mode=Mode.EXERCISE)
    made = opened(cpts, drill, account, "Ada", "Bea")
    made.lines[0].contact_id = None
    made.lines[1].contact_id = person(cpts, "Fixe", phone="+33466000000").id
    mobiles = opened(cpts, drill, account, "Cyr", "Dan")
    page = cell_member.get("cpts.crisis_calls.texts", crisis_id=drill.id, list_id=mobiles.id)
    links = page.links("main .card a")
    assert links["SMS (Android) de 1 à 2"] == "sms:+33611223340,+33611223341?body=%5BEXERCICE%5D%20Venez-vous"
    assert links["SMS (iPhone) de 1 à 2"] == (
        "sms:/open?addresses=+33611223340,+33611223341&body=%5BEXERCICE%5D%20Venez-vous"
    )
    nobody = cell_member.get("cpts.crisis_calls.texts", crisis_id=drill.id, list_id=made.id)
    assert "Aucun mobile dans cette liste" in nobody.text


def test_groups_hold_ten_people_and_write_to_no_number_twice() -> None:
    mobiles = [(f"Personne {rank}", f"+336000000{rank:02}") for rank in range(11)]
    found = groups([*mobiles, ("Conjoint", "+33600000000")], "Bonjour")
    assert [(one.first, one.last) for one in found] == [(1, 10), (11, 11)]
    assert found[0].names[0] == "Personne 0"
    assert len({number for one in found for number in one.numbers}) == 11


def test_three_lists_ask_the_database_as_often_as_one(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    asked = []
    for names in (("Ada",), ("Bea", "Cyr")):
        for name in names:
            opened(cpts, crisis, account, name)
        seen = visit(cell_member, cell_member.address("cpts.crisis_calls.index", crisis_id=crisis.id))
        asked.append(len(seen.statements))
    assert asked[0] == asked[1] <= 12
