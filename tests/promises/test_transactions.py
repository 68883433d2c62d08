"""A request is one transaction: all of it is kept, or nothing; and people who write together lose nothing."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from crisis_plan import history
from crisis_plan.access.guard import public
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.stock.models import StockItem
from crisis_plan.db import db, slow, write_apart, writing
from crisis_plan.errors import RuleBroken
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellFunction
from crisis_plan.plan.models import Section, SectionState
from tests.browser import Browser
from tests.demonstration import installation
from tests.factories import NOON, ContactFactory, CptsFactory, member

WRITERS = 16
EACH = 4


def write(subject: str) -> None:
    history.record(Verb.CHANGED, subject, "1", cpts_id=None, by=None, at=NOON)
    db.session.flush()


def written_apart(session: Session) -> None:
    session.add(HistoryEvent(at=NOON, verb=Verb.CHANGED, subject="apart", subject_id="1"))


def answering(status: int) -> ResponseReturnValue:
    write("kept")
    return "", status


def breaking_a_rule() -> ResponseReturnValue:
    write("kept")
    raise RuleBroken("Non.")


def breaking_down() -> ResponseReturnValue:
    write("kept")
    raise ZeroDivisionError


@slow
def noting_apart_then_refusing() -> ResponseReturnValue:
    write_apart(written_apart)
    with writing():
        write("kept")
    return "", 422


@slow
def taking_the_lock_late(status: int) -> ResponseReturnValue:
    with writing():
        write("kept")
    return "", status


VIEWS: dict[str, Callable[..., ResponseReturnValue]] = {
    "/essai/<int:status>": answering,
    "/essai/regle": breaking_a_rule,
    "/essai/panne": breaking_down,
    "/essai/a-part": noting_apart_then_refusing,
    "/essai/lent/<int:status>": taking_the_lock_late,
}


@pytest.fixture(scope="module")
def trial() -> Iterator[Flask]:
    """The application with a few more views, which write and then answer in every way."""
    with installation() as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        for rule, view in VIEWS.items():
            app.extensions["csrf"].exempt(view)
            app.add_url_rule(rule, view.__name__, public(view), methods=["GET", "POST"])
        yield app


def subjects_after(trial: Flask, method: str, address: str) -> set[str]:
    """What is stored once this request is answered and another session looks."""
    client = trial.test_client()
    with trial.app_context():
        before = rows()
    client.open(address, method=method, headers={"Sec-Fetch-Site": "same-origin"})
    with trial.app_context():
        return set(rows() - before)


def rows() -> Counter[str]:
    return Counter(db.session.scalars(sa.select(HistoryEvent.subject)))


@pytest.mark.parametrize("address", ["/essai/200", "/essai/204", "/essai/303", "/essai/lent/200", "/essai/lent/303"])
def test_a_writing_request_that_succeeds_is_stored(trial: Flask, address: str) -> None:
    assert subjects_after(trial, "POST", address) == {"kept"}


@pytest.mark.parametrize(
    "address",
    [
        *(f"/essai/{status}" for status in (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)),
        "/essai/regle",
        "/essai/panne",
        "/essai/lent/409",
        "/essai/lent/422",
    ],
)
def test_a_writing_request_that_is_refused_leaves_nothing(trial: Flask, address: str) -> None:
    assert subjects_after(trial, "POST", address) == set()


@pytest.mark.parametrize("address", ["/essai/200", "/essai/303", "/essai/422", "/essai/panne"])
def test_a_reading_request_leaves_nothing_whatever_it_did(trial: Flask, address: str) -> None:
    assert subjects_after(trial, "GET", address) == set()


def test_what_is_written_apart_outlives_the_refusal_and_nothing_else_does(trial: Flask) -> None:
    assert subjects_after(trial, "POST", "/essai/a-part") == {"apart"}


@pytest.fixture
def team(trial: Flask) -> Iterator[tuple[Cpts, list[Account]]]:
    """A CPTS and as many coordinators as write at once."""
    with trial.app_context():
        cpts = CptsFactory()
        accounts = [member(cpts, Role.COORDINATOR) for _ in range(WRITERS)]
        db.session.commit()
        yield cpts, accounts
        db.session.remove()


Act = Callable[[int, int], tuple[str, dict[str, str]]]
"""The address below the CPTS and the fields that a writer (rank) sends at their nth turn."""


def all_at_once(trial: Flask, team: tuple[Cpts, list[Account]], act: Act, *, turns: int) -> Counter[int]:
    """Everyone posts from a thread of their own, from the same moment; how many times each status was answered."""
    cpts, accounts = team
    root, start = f"/cpts/{cpts.slug}", Barrier(WRITERS)
    signed_in = [(browser := Browser(trial, account, cpts), browser.csrf_token()) for account in accounts]
    db.session.rollback()

    def one(rank: int) -> list[int]:
        browser, token = signed_in[rank]
        start.wait(timeout=60)
        return [post(browser, token, *act(rank, turn)) for turn in range(turns)]

    def post(browser: Browser, token: str, address: str, fields: dict[str, str]) -> int:
        typed = {"csrf_token": token, **fields}
        sent = browser.client.post(f"{root}/{address}", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
        return sent.status_code

    with ThreadPoolExecutor(WRITERS) as threads:
        return Counter(status for answers in threads.map(one, range(WRITERS)) for status in answers)


def contact(name: str, key: str) -> dict[str, str]:
    return {"kind": "partner", "nature": "person", "family_name": name, "creation_key": key}


def names_in(cpts: Cpts) -> list[str]:
    return sorted(db.session.scalars(sa.select(Contact.family_name).where(Contact.cpts_id == cpts.id)))


def test_sixteen_people_who_add_contacts_at_once_lose_none(trial: Flask, team: tuple[Cpts, list[Account]]) -> None:
    statuses = all_at_once(
        trial,
        team,
        lambda rank, turn: ("annuaire/ajouter", contact(f"Personne {rank}-{turn}", str(uuid.uuid4()))),
        turns=EACH,
    )
    assert statuses == {303: WRITERS * EACH}
    assert names_in(team[0]) == sorted(f"Personne {rank}-{turn}" for rank in range(WRITERS) for turn in range(EACH))


def test_a_form_sent_sixteen_times_at_once_creates_once(trial: Flask, team: tuple[Cpts, list[Account]]) -> None:
    cpts, accounts = team
    key = str(uuid.uuid4())
    alone = (cpts, [accounts[0]] * WRITERS)
    statuses = all_at_once(trial, alone, lambda *_: ("annuaire/ajouter", contact("Double clic", key)), turns=1)
    assert statuses == {303: WRITERS}
    assert names_in(cpts) == ["Double clic"]


def section_form(_cpts: Cpts) -> tuple[str, dict[str, str], str]:
    return "plan/anticipation/risques/modifier", {}, "text"


def contact_form(cpts: Cpts) -> tuple[str, dict[str, str], str]:
    made = ContactFactory(cpts_id=cpts.id, kind=ContactKind.PARTNER)
    return f"annuaire/{made.id}/modifier", {"kind": "partner", "nature": "person"}, "family_name"


def stock_form(cpts: Cpts) -> tuple[str, dict[str, str], str]:
    item = StockItem(cpts_id=cpts.id, name="Gants", folded_name="gants", created_at=NOON, updated_at=NOON)
    db.session.add(item)
    db.session.flush()
    return f"stock/{item.id}/modifier", {}, "name"


def function_form(cpts: Cpts) -> tuple[str, dict[str, str], str]:
    function = CellFunction(cpts_id=cpts.id, position=1, name="Liaison")
    db.session.add(function)
    db.session.flush()
    return f"cellule/fonctions/{function.id}/modifier", {}, "name"


def place_form(_cpts: Cpts) -> tuple[str, dict[str, str], str]:
    return "cellule/lieu", {}, "name"


def identity_form(_cpts: Cpts) -> tuple[str, dict[str, str], str]:
    return "parametres/modifier", {}, "president"


FORMS = (section_form, contact_form, stock_form, function_form, place_form, identity_form)
NEVER_SAVED = {section_form, place_form}


@pytest.mark.parametrize("form", FORMS)
def test_of_sixteen_who_save_the_same_form_one_wins_and_each_other_is_told(
    trial: Flask,
    team: tuple[Cpts, list[Account]],
    form: Callable[[Cpts], tuple[str, dict[str, str], str]],
) -> None:
    address, fields, changed = form(team[0])
    db.session.commit()
    first = 0 if form in NEVER_SAVED else 1
    for seen in (first, first + 1):
        typed = {**fields, "seen_version": str(seen)}
        statuses = all_at_once(
            trial,
            team,
            lambda rank, _, typed=typed: (address, {**typed, changed: f"Écrit par {rank} sur {typed['seen_version']}"}),
            turns=1,
        )
        assert statuses == {303: 1, 409: WRITERS - 1}


def test_every_state_of_a_section_that_many_write_is_kept(trial: Flask, team: tuple[Cpts, list[Account]]) -> None:
    cpts, _ = team
    for seen in range(3):
        all_at_once(
            trial,
            team,
            lambda rank, _, seen=seen: (
                "plan/anticipation/risques/modifier",
                {"seen_version": str(seen), "text": f"Texte {seen} de {rank}."},
            ),
            turns=1,
        )
    section = db.session.scalars(sa.select(Section).where(Section.cpts_id == cpts.id)).one()
    states = db.session.scalars(sa.select(SectionState.version).where(SectionState.section_id == section.id))
    assert (section.version, sorted(states)) == (3, [1, 2, 3])
