"""The cell of a silent crisis is reminded by mail, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.reminders import operations, queries
from crisis_plan.pilotage.reminders.rules import Reminder, due
from tests.factories import NOON, AccountFactory, CptsFactory, member
from tests.pilotage.calls.factories import person
from tests.pilotage.crises.factories import a_crisis

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def keeps_mail(app: Flask) -> Iterator[None]:
    """Mail is kept to be read, as in a demonstration: no test sends any."""
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.fixture
def pen(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali", email="plume@exemple.fr")
    return made


@pytest.fixture
def crisis(cpts: Cpts, pen: Account) -> Crisis:
    made = a_crisis(cpts, pen)
    made.pen_account_id, made.pen_name = pen.id, pen.name
    db.session.commit()
    return made


def write(crisis: Crisis, by: Account, at: datetime) -> None:
    append_entry(crisis, Written(EntryKind.INFORMATION, "Rien de nouveau"), by=by, at=at)
    db.session.commit()


def run(app: Flask, monkeypatch: pytest.MonkeyPatch, at: datetime) -> str:
    """`flask remind` at this moment, as cron would."""
    monkeypatch.setattr(clock, "now", lambda: at)
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["remind"])
    db.session.rollback()
    db.session.expire_all()
    return result.output


def mails() -> list[tuple[str, str]]:
    rows = db.session.execute(
        sa.select(OutboxMessage.recipient, OutboxMessage.subject).order_by(OutboxMessage.recipient)
    )
    return [(row.recipient, row.subject) for row in rows]


def test_a_silence_is_told_once_and_the_next_one_again(
    app: Flask, keeps_mail: None, crisis: Crisis, pen: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(crisis, pen, NOON)
    assert (
        run(app, monkeypatch, NOON + HOUR - MINUTE)
        == "0 crise(s) ou exercice(s) relancés, 0 rappel(s) de bilan ou d’amélioration, 0 rappel(s) d’échéance.\n"
    )
    assert (
        run(app, monkeypatch, NOON + HOUR)
        == "1 crise(s) ou exercice(s) relancés, 0 rappel(s) de bilan ou d’amélioration, 0 rappel(s) d’échéance.\n"
    )
    for later in (1, 5, 300):
        run(app, monkeypatch, NOON + HOUR + later * MINUTE)
    assert mails() == [("plume@exemple.fr", "Journal silencieux\u00a0: Crise n°\u00a01")]
    write(crisis, pen, NOON + 7 * HOUR)
    run(app, monkeypatch, NOON + 7 * HOUR + 30 * MINUTE)
    assert len(mails()) == 1
    run(app, monkeypatch, NOON + 8 * HOUR)
    assert len(mails()) == 2


def test_a_run_that_was_missed_loses_nothing(
    app: Flask, keeps_mail: None, crisis: Crisis, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(app, monkeypatch, NOON + 9 * HOUR)
    assert len(mails()) == 1


def test_pen_pilot_coordination_and_referents_are_written_to_each_once(
    keeps_mail: None, cpts: Cpts, crisis: Crisis, pen: Account
) -> None:
    coordinator, referent = member(cpts, Role.COORDINATOR), member(cpts, Role.REFERENT)
    member(cpts, Role.CELL_MEMBER)
    member(CptsFactory(), Role.REFERENT)
    crisis.pen_account_id = referent.id
    pilot = CrisisFunction(crisis_id=crisis.id, position=1, key="pilot", name="Direction (pilote)")
    on_duty = person(cpts, "Ada", email="pilote@exemple.fr")
    over = person(cpts, "Bea", email="ancien@exemple.fr")
    pilot.shifts = [
        Shift(contact=on_duty, name="Ada", starts_at=NOON),
        Shift(contact=over, name="Bea", starts_at=NOON - 3 * HOUR, ends_at=NOON),
        Shift(account_id=pen.id, name=pen.name, starts_at=NOON),
    ]
    other = CrisisFunction(crisis_id=crisis.id, position=2, key="logistics", name="Logistique")
    other.shifts = [Shift(contact=person(cpts, "Cyr", email="autre@exemple.fr"), name="Cyr", starts_at=NOON)]
    db.session.add_all([pilot, other])
    db.session.flush()
    told = queries.whom_to_remind(crisis, NOON + HOUR)
    assert sorted(one.address for one in told) == sorted(
        ["pilote@exemple.fr", pen.email, coordinator.email, referent.email]
    )


def test_an_exercise_says_so_and_a_mail_leads_to_the_room(
    app: Flask, keeps_mail: None, cpts: Cpts, pen: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = a_crisis(cpts, pen, mode=Mode.EXERCISE)
    drill.pen_account_id = pen.id
    run(app, monkeypatch, NOON + 2 * HOUR)
    (mail,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert mail.subject == "[EXERCICE] Journal silencieux\u00a0: Exercice n°\u00a01"
    assert "EXERCICE. Rien n’a été écrit" in mail.body
    assert f"http://localhost/cpts/uzege/crises/{drill.id}/" in mail.body


def test_a_missed_point_is_told_once_and_another_hour_is_another_point(
    app: Flask, keeps_mail: None, crisis: Crisis, pen: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis.silence_minutes = None
    crisis.next_point_at = NOON + HOUR
    run(app, monkeypatch, NOON + HOUR + 15 * MINUTE)
    assert mails() == []
    for later in (16, 20, 200):
        run(app, monkeypatch, NOON + HOUR + later * MINUTE)
    assert mails() == [("plume@exemple.fr", "Point de situation en retard\u00a0: Crise n°\u00a01")]
    crisis.next_point_at = NOON + 6 * HOUR
    run(app, monkeypatch, NOON + 7 * HOUR)
    assert len(mails()) == 2


@pytest.mark.parametrize("over", ["stood_down_at", "closed_at"])
def test_nothing_is_told_after_the_stand_down(
    app: Flask, keeps_mail: None, crisis: Crisis, over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis.next_point_at = NOON
    setattr(crisis, over, NOON + MINUTE)
    run(app, monkeypatch, NOON + 9 * HOUR)
    assert mails() == []


def test_what_was_told_meanwhile_is_not_told_again(app: Flask, keeps_mail: None, crisis: Crisis, pen: Account) -> None:
    """Two runs chose the same crisis: the second judges it again once it holds it."""
    late = NOON + 2 * HOUR
    assert list(queries.to_remind(late)) == [crisis.id]
    with app.test_request_context():
        assert len(operations.remind(crisis, at=late)) == 1
        assert operations.remind(crisis, at=late) == []
        write(crisis, pen, late)
        assert operations.remind(crisis, at=late + MINUTE) == []


def test_without_a_mail_server_nothing_is_claimed(app: Flask, crisis: Crisis, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SMTP_URL n’est pas réglé" in run(app, monkeypatch, NOON + 2 * HOUR)
    assert crisis.silence_reminded_at is None


def test_silence_and_point_may_be_told_together(crisis: Crisis) -> None:
    crisis.next_point_at = NOON
    assert due(crisis, NOON, NOON + 2 * HOUR) == (Reminder.SILENCE, Reminder.POINT)
    assert due(crisis, NOON + HOUR, NOON + 90 * MINUTE) == (Reminder.POINT,)
