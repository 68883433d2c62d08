"""Whoever is late is reminded by mail, once a date."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.follow_up import queries, reminding
from crisis_plan.evaluation.improvements import operations
from crisis_plan.evaluation.improvements.operations import Owner
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.rules import Mode
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.improvements.factories import an_improvement
from tests.factories import NOON, TODAY, CptsFactory, member
from tests.statements import counted_statements

DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
LONG_AGO = NOON - 60 * DAY


@pytest.fixture(autouse=True)
def keeps_mail(app: Flask) -> Iterator[None]:
    """Mail is kept to be read, as in a demonstration: no test sends any."""
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.fixture
def owner(cpts: Cpts) -> Account:
    made = member(cpts, Role.CELL_MEMBER)
    made.email = "responsable@exemple.fr"
    return made


@pytest.fixture
def coordination(cpts: Cpts) -> Account:
    made = member(cpts, Role.COORDINATOR)
    made.email = "coordination@exemple.fr"
    return made


def remind(app: Flask, at: datetime = NOON) -> int:
    """As the command does; how many messages will leave."""
    db.session.commit()
    with app.test_request_context():
        posted = len(reminding.remind(at))
    db.session.rollback()
    db.session.expire_all()
    return posted


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.recipient)))


def test_an_overdue_improvement_is_told_to_whoever_does_it_once_then_a_month_later(
    app: Flask, cpts: Cpts, owner: Account, coordination: Account
) -> None:
    one = an_improvement(cpts, owner, due_on=YESTERDAY, at=LONG_AGO)
    assert [remind(app, NOON + late * DAY) for late in (-1, 0, 0, 1, 29, 30, 31)] == [0, 1, 0, 0, 0, 1, 0]
    assert one.reminded_on == TODAY + 30 * DAY
    first = mails()[0]
    assert (first.recipient, first.subject) == ("responsable@exemple.fr", "Uzège\u00a0: 1\u00a0amélioration en retard")
    assert (
        "Amélioration n°\u00a01\u00a0: Ajouter les horaires d’été à la fiche\nPour le 21 novembre 2026," in first.body
    )
    assert f"http://localhost/cpts/uzege/ameliorations/{one.id}/" in first.body


def test_another_date_begins_again(app: Flask, cpts: Cpts, owner: Account) -> None:
    one = an_improvement(cpts, owner, due_on=YESTERDAY, at=LONG_AGO)
    remind(app)
    one.due_on = TODAY + 3 * DAY
    assert [remind(app, NOON + late * DAY) for late in (3, 4, 5)] == [0, 1, 0]


@pytest.mark.parametrize("state", [ImprovementState.DONE, ImprovementState.REFUSED])
def test_nobody_is_told_of_what_is_closed(app: Flask, cpts: Cpts, owner: Account, state: ImprovementState) -> None:
    an_improvement(cpts, owner, due_on=YESTERDAY, at=LONG_AGO, state=state)
    assert remind(app) == 0


def test_one_message_a_person_and_those_without_an_account_go_to_coordination_and_referents(
    app: Flask, cpts: Cpts, owner: Account, coordination: Account
) -> None:
    referent, adherent = member(cpts, Role.REFERENT), member(cpts, Role.ADHERENT)
    gone = member(CptsFactory(), Role.COORDINATOR)
    for who in (Owner(owner.id, owner.name), Owner(owner.id, owner.name), Owner(name="Anne Roux")):
        an_improvement(cpts, owner, owner=who, due_on=YESTERDAY, at=LONG_AGO)
    for account in (adherent, gone):
        an_improvement(cpts, owner, owner=Owner(account.id, account.name), due_on=YESTERDAY, at=LONG_AGO)
    remind(app)
    told = {mail.recipient: mail for mail in mails()}
    assert set(told) == {owner.email, coordination.email, referent.email}
    assert told[owner.email].subject == "Uzège\u00a0: 2\u00a0améliorations en retard"
    assert told[referent.email].subject == "Uzège\u00a0: 3\u00a0améliorations en retard"
    assert "Pour le 21 novembre 2026, Anne Roux." in told[coordination.email].body


def test_the_day_is_that_of_the_cpts(app: Flask, cpts: Cpts, owner: Account) -> None:
    """At 21:00 UTC it is already tomorrow in La Réunion."""
    an_improvement(cpts, owner, due_on=TODAY, at=LONG_AGO)
    cpts.time_zone = "Indian/Reunion"
    evening = NOON.replace(hour=21)
    assert [remind(app, NOON), remind(app, evening)] == [0, 1]


def test_every_cpts_is_reminded_of_its_own(app: Flask, cpts: Cpts, owner: Account) -> None:
    elsewhere = CptsFactory(name="Ailleurs")
    theirs = member(elsewhere, Role.CELL_MEMBER)
    an_improvement(cpts, owner, due_on=YESTERDAY, at=LONG_AGO)
    an_improvement(elsewhere, theirs, due_on=YESTERDAY, at=LONG_AGO)
    assert remind(app) == 2
    assert {mail.recipient: mail.cpts_id for mail in mails()} == {owner.email: cpts.id, theirs.email: elsewhere.id}


def test_where_there_is_nobody_to_tell_nothing_is_noted(app: Flask, cpts: Cpts) -> None:
    left = member(CptsFactory(), Role.COORDINATOR)
    one = an_improvement(cpts, left, due_on=YESTERDAY, at=LONG_AGO)
    assert remind(app) == 0
    assert one.reminded_on is None
    member(cpts, Role.REFERENT)
    assert remind(app) == 1


@pytest.fixture
def debrief(cpts: Cpts, owner: Account) -> Debrief:
    """Just opened; what the closing itself wrote to people is put aside."""
    made = a_debrief(cpts, owner)
    db.session.execute(sa.delete(OutboxMessage))
    return made


def test_each_date_of_a_debrief_is_told_to_its_owner_once(
    app: Flask, cpts: Cpts, owner: Account, coordination: Account, debrief: Debrief
) -> None:
    days = [one.planned_on for one in debrief.meetings if one.planned_on] + [debrief.report_on]
    counts = [remind(app, NOON + (day - TODAY)) for day in days]
    assert counts == [1, 1, 1, 1]
    assert [remind(app, NOON + (day - TODAY)) for day in days] == [0, 0, 0, 0]
    told = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)).all()
    assert {mail.recipient for mail in told} == {owner.email}
    assert told[0].subject == "Uzège\u00a0: bilan de la crise n°\u00a01"
    assert "Le retour à chaud de la crise n°\u00a01 est prévu le 22 novembre 2026." in told[0].body
    assert "Le bilan de la crise n°\u00a01 est à valider avant le" in told[3].body
    assert f"http://localhost/cpts/uzege/bilans/{debrief.id}" in told[0].body


def test_a_run_that_was_missed_tells_all_the_dates_in_one_message(
    app: Flask, cpts: Cpts, owner: Account, debrief: Debrief
) -> None:
    assert remind(app, NOON + 300 * DAY) == 1
    (mail,) = mails()
    assert mail.body.count("était prévu le") == 3
    assert mail.body.count("était à valider avant le") == 1


def test_a_meeting_that_was_held_or_put_off_and_a_validated_debrief_ask_for_nothing(
    app: Flask, cpts: Cpts, owner: Account, debrief: Debrief
) -> None:
    hot, cold, partners = debrief.meetings
    hot.held_on, cold.planned_on, partners.planned_on = TODAY, TODAY + 20 * DAY, None
    debrief.report_on = TODAY + 100 * DAY
    assert [remind(app, NOON + late * DAY) for late in (0, 19, 20, 99)] == [0, 0, 1, 0]
    debrief.validated_at = NOON
    assert remind(app, NOON + 200 * DAY) == 0


def test_a_debrief_whose_owner_left_is_told_to_coordination(
    app: Flask, cpts: Cpts, coordination: Account, debrief: Debrief
) -> None:
    debrief.owner_account_id = None
    remind(app, NOON)
    assert [mail.recipient for mail in mails()] == [coordination.email]


def test_an_exercise_says_so_first(app: Flask, cpts: Cpts, owner: Account) -> None:
    a_debrief(cpts, owner, mode=Mode.EXERCISE)
    remind(app, NOON)
    (mail,) = mails()
    assert mail.subject == "[EXERCICE] Uzège\u00a0: bilan de l’exercice n°\u00a01"
    assert "EXERCICE. Bilan\u00a0: Exercice n°\u00a01" in mail.body


def test_what_was_closed_meanwhile_is_not_told(app: Flask, cpts: Cpts, owner: Account, debrief: Debrief) -> None:
    """A run chose it; it is judged again once held."""
    one = an_improvement(cpts, owner, due_on=YESTERDAY, at=LONG_AGO)
    waiting = queries.waiting(NOON)[cpts.id]
    assert (waiting.improvement_ids, waiting.debrief_ids) == ([one.id], [debrief.id])
    operations.move(one, ImprovementState.DONE, "Fait.", seen_version=one.version, by=owner, at=NOON)
    debrief.meetings[0].held_on = TODAY
    db.session.commit()
    with app.test_request_context():
        assert reminding.remind_cpts(cpts, waiting, at=NOON) == []


def test_two_runs_at_once_write_each_message_once(app: Flask, cpts: Cpts, owner: Account, debrief: Debrief) -> None:
    for late in range(1, 4):
        an_improvement(cpts, owner, due_on=TODAY - late * DAY, at=LONG_AGO)
    start = Barrier(2)
    db.session.rollback()

    def run() -> int:
        with app.app_context(), app.test_request_context():
            start.wait(timeout=60)
            return len(reminding.remind(NOON))

    with ThreadPoolExecutor(2) as threads:
        counts = [one.result() for one in [threads.submit(Context().run, run) for _ in range(2)]]
    assert sorted(counts) == [0, 2]
    assert [mail.subject for mail in sorted(mails(), key=lambda one: one.subject)] == [
        "Uzège\u00a0: 3\u00a0améliorations en retard",
        "Uzège\u00a0: bilan de la crise n°\u00a01",
    ]


def test_asking_who_waits_costs_the_same_for_one_and_for_three(app: Flask, cpts: Cpts, owner: Account) -> None:
    def statements() -> int:
        db.session.commit()
        db.session.expire_all()
        with counted_statements() as sent:
            queries.waiting(NOON)
        return len(sent)

    an_improvement(cpts, owner, due_on=date(2026, 1, 1), at=LONG_AGO)
    a_debrief(cpts, owner)
    once = statements()
    for _ in range(2):
        an_improvement(cpts, owner, due_on=date(2026, 1, 1), at=LONG_AGO)
        a_debrief(cpts, owner)
    assert statements() == once
