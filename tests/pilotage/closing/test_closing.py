"""How a crisis ends: stand-down, closing over what is left open, the seal told outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.closing import operations
from crisis_plan.pilotage.closing.operations import (
    NothingToResume,
    NotStoodDown,
    ReasonNeeded,
    StandDown,
    StoodDownAlready,
)
from crisis_plan.pilotage.communication.rules import Moment
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import Mode, Stage
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import WHOLE_TERRITORY, NeedKind
from crisis_plan.pilotage.situation_reports import operations as reports
from crisis_plan.pilotage.tasks.dropping import drop_the_rest
from tests.browser import Browser
from tests.factories import NOON, member
from tests.pilotage.communication.factories import model
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.tasks.factories import a_task

OVER = StandDown(decided_by="Pilote", reason="Plus aucun besoin.")
LATER = NOON + timedelta(hours=5)


@pytest.fixture(autouse=True)
def _asked_on_the_web(app: Flask) -> Iterator[None]:
    """Closing writes addresses."""
    with app.test_request_context():
        yield


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def crisis(cpts: Cpts, by: Account) -> Crisis:
    made = a_crisis(cpts, by)
    append_entry(made, Written(EntryKind.INFORMATION, "Tout est calme"), by=by, at=NOON)
    db.session.commit()
    return made


def test_a_crisis_is_closed_only_once_stood_down(crisis: Crisis, by: Account) -> None:
    with pytest.raises(NotStoodDown):
        operations.close(crisis, reason="", by=by, at=LATER)


def test_a_stand_down_is_told_once_and_the_log_stays_open(crisis: Crisis, by: Account) -> None:
    entry = operations.stand_down(crisis, OVER, by=by, at=LATER)
    assert (entry.kind, entry.said.reason) == (EntryKind.STAND_DOWN, "Plus aucun besoin.")
    assert (crisis.stage, crisis.next_point_at) == (Stage.STOOD_DOWN, None)
    append_entry(crisis, Written(EntryKind.INFORMATION, "Dernier retour"), by=by, at=LATER)
    with pytest.raises(StoodDownAlready):
        operations.stand_down(crisis, OVER, by=by, at=LATER)


def test_what_is_left_open_asks_for_a_reason_and_is_written_in_the_last_entry(crisis: Crisis, by: Account) -> None:
    needs.note(crisis, Need("", WHOLE_TERRITORY, NeedKind.STAFF, "Deux infirmières"), by=by, at=NOON)
    operations.stand_down(crisis, OVER, by=by, at=LATER)
    with pytest.raises(ReasonNeeded):
        operations.close(crisis, reason="  ", by=by, at=LATER)
    entry = operations.close(crisis, reason="Repris par la mairie", by=by, at=LATER)
    assert "Deux infirmières" in entry.said.text
    assert entry.said.reason == "Repris par la mairie"
    assert crisis.stage is Stage.CLOSED


def closed(crisis: Crisis, by: Account) -> Crisis:
    operations.stand_down(crisis, OVER, by=by, at=LATER)
    operations.close(crisis, reason="", by=by, at=LATER)
    db.session.commit()
    return crisis


def test_what_arrives_after_the_closing_goes_to_an_annex_chained_to_it(crisis: Crisis, by: Account) -> None:
    closed(crisis, by)
    last = logbook.last(crisis)
    late = Written(EntryKind.INFORMATION, "Noté sans réseau", device_at=NOON)
    entry = append_entry(crisis, late, by=by, at=LATER + timedelta(hours=1))
    assert (entry.part, entry.number) == (Part.ANNEX, 1)
    assert last is not None
    assert entry.previous_seal == last.seal


def test_a_closed_crisis_refuses_even_sql(crisis: Crisis, by: Account) -> None:
    closed(crisis, by)
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.update(Crisis).values(title="Autre titre"))
    db.session.rollback()
    with pytest.raises(CrisisClosed):
        operations.stand_down(crisis, OVER, by=by, at=LATER)


@pytest.fixture
def demo_mail(app: Flask) -> Iterator[None]:
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.mark.usefixtures("demo_mail")
def test_the_last_number_and_seal_are_mailed_to_referent_and_coordinator(cpts: Cpts, by: Account) -> None:
    coordinator = member(cpts, Role.COORDINATOR)
    played = a_crisis(cpts, by, mode=Mode.EXERCISE)
    closed(played, by)
    last = logbook.last(played)
    mails = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.subject.contains("Journal clos"))).all()
    assert last is not None
    assert {mail.recipient for mail in mails} == {by.email, coordinator.email}
    assert all(last.seal in mail.body and mail.subject.startswith("[EXERCICE] ") for mail in mails)


def test_a_referent_ends_a_crisis_on_screen_and_takes_the_log_along(referent: Browser, cpts: Cpts) -> None:
    assert referent.account is not None
    crisis = a_crisis(cpts, referent.account)
    append_entry(crisis, Written(EntryKind.INFORMATION, "Tout est calme"), by=referent.account, at=NOON)
    needs.note(crisis, Need("", WHOLE_TERRITORY, NeedKind.STAFF, "Deux infirmières"), by=referent.account, at=NOON)
    db.session.commit()
    said = {"decided_by": "Pilote", "reason": "Plus aucun besoin."}
    assert referent.post("cpts.closing.stand_down", said, crisis_id=crisis.id).status == 303
    refused = referent.post("cpts.closing.close", {"reason": ""}, crisis_id=crisis.id)
    assert refused.status == 422
    assert "Deux infirmières" in refused.text
    assert referent.post("cpts.closing.close", {"reason": "Repris"}, crisis_id=crisis.id).status == 303
    page = referent.get("cpts.closing.show", crisis_id=crisis.id)
    last = logbook.last(crisis)
    assert last is not None
    assert last.seal in page.text
    assert referent.get("cpts.logbook.pdf", crisis_id=crisis.id).content.startswith(b"%PDF")
    assert last.seal in referent.get("cpts.logbook.csv", crisis_id=crisis.id).content.decode()


def test_what_was_stood_down_too_early_goes_on(cell_member: Browser, crisis: Crisis, by: Account) -> None:
    crisis.report_every_minutes = 30
    db.session.commit()
    operations.stand_down(crisis, OVER, by=by, at=NOON)
    db.session.commit()
    page = cell_member.get("cpts.closing.show", crisis_id=crisis.id)
    form = "form[action$=reprise]"
    assert cell_member.submit(page, form, {"why": ""}).status == 422
    assert cell_member.submit(page, form, {"why": "Le feu reprend"}).status == 303
    assert (crisis.stage, crisis.hot_debrief_on) == (Stage.ACTIVE, None)
    last = logbook.last(crisis)
    assert last is not None
    assert (last.kind, last.said.reason) == (EntryKind.ACTIVATION, "Le feu reprend")
    assert last.said.text.startswith("La crise reprend, après la levée du 22/11/2026")
    assert crisis.next_point_at == last.entered_at + timedelta(minutes=30)
    room = cell_member.get("cpts.room.show", crisis_id=crisis.id)
    assert "Le feu reprend" in room.texts("#niveaux")[0]


def test_what_was_never_stood_down_is_not_resumed(crisis: Crisis, by: Account) -> None:
    with pytest.raises(NothingToResume):
        operations.resume(crisis, reason="Le feu reprend", by=by, at=LATER)


def test_only_a_referent_closes(cell_member: Browser, crisis: Crisis) -> None:
    assert cell_member.post("cpts.closing.close", {"reason": "x"}, crisis_id=crisis.id).status == 403


def test_silent_tasks_are_dropped_at_once_with_one_word(crisis: Crisis, by: Account) -> None:
    for text in ("Appeler la mairie", "Compter les masques"):
        a_task(crisis, text)
    assert drop_the_rest(crisis, "sans objet", by=by, at=LATER) == 2
    last = logbook.last(crisis)
    assert last is not None
    assert last.said.text.splitlines() == [
        "2\u00a0tâches abandonnées\u00a0: sans objet",
        "– Appeler la mairie",
        "– Compter les masques",
    ]
    assert drop_the_rest(crisis, "encore", by=by, at=LATER) == 0


def test_silent_tasks_are_counted_by_function_in_what_is_left_open(crisis: Crisis, by: Account) -> None:
    held = a_function(crisis, "Liaison")
    for text in ("Appeler la mairie", "Appeler le SAMU"):
        a_task(crisis, text, function=held)
    operations.stand_down(crisis, OVER, by=by, at=LATER)
    entry = operations.close(crisis, reason="Repris demain", by=by, at=LATER)
    assert "Laissé ouvert\u00a0: Tâches ouvertes sans un mot\u00a0: 2 (Liaison 2)." in entry.said.text


def test_a_stand_down_begins_with_what_the_tool_knows(referent: Browser, cpts: Cpts) -> None:
    assert referent.account is not None
    crisis = a_crisis(cpts, referent.account)
    needs.note(crisis, Need("", WHOLE_TERRITORY, NeedKind.STAFF, "Deux infirmières"), by=referent.account, at=NOON)
    db.session.commit()
    page = referent.get("cpts.closing.show", crisis_id=crisis.id)
    assert page.texts("textarea[name=handed_over]") == [f"{WHOLE_TERRITORY} : Deux infirmières"]


def test_the_end_is_one_press_from_the_message_that_tells_it(referent: Browser, cpts: Cpts) -> None:
    assert referent.account is not None
    crisis = a_crisis(cpts, referent.account)
    a_shift(a_function(crisis, "Direction (pilote)"), "Anne PETIT")
    message = model(cpts, "Fin de la crise", moment=Moment.STAND_DOWN)
    page = referent.get("cpts.closing.show", crisis_id=crisis.id)
    (link,) = [one for one in page.html.select("main a") if "Écrire le message de levée" in one.text]
    assert str(link["href"]).endswith(f"/messages/ecrire?modele={message.id}")
    proposed = [option["value"] for option in page.html.select("datalist#decideurs option")]
    assert proposed == ["Direction (pilote), Anne PETIT"]


def test_what_goes_on_after_all_awaits_its_point_in_the_draft_too(cpts: Cpts, crisis: Crisis, by: Account) -> None:
    crisis.report_every_minutes = 120
    db.session.commit()
    report = reports.prepare(cpts, crisis, by=by, at=NOON)
    operations.stand_down(crisis, OVER, by=by, at=NOON)
    reports.save(crisis, report, {}, next_point_at=report.next_point_at, seen_version=1)
    assert report.next_point_at is None
    operations.resume(crisis, reason="Le feu reprend", by=by, at=LATER)
    assert report.next_point_at == crisis.next_point_at == LATER + timedelta(hours=2)
