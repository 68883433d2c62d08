"""Coordination and referents are written to of what comes due: each stage once, one message a person."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account, Membership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.outbox import OutboxMessage
from crisis_plan.yearly_update.deadlines import queries, reminding
from crisis_plan.yearly_update.deadlines.models import DeadlineReminder
from tests.factories import NOON, TODAY, CptsFactory, member
from tests.statements import counted_statements
from tests.yearly_update.deadlines.arranged import a_version, handed_over

DAY = timedelta(days=1)
START_ON = date(2027, 2, 28)


@pytest.fixture(autouse=True)
def keeps_mail(app: Flask) -> Iterator[None]:
    """Mail is kept to be read, as in a demonstration: no test sends any."""
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


def sign(cpts: Cpts) -> Cpts:
    """Signed on 31/08/2026: the plan is due on 28/02/2027, its deployment on 28/02/2028."""
    cpts.deadlines_from, cpts.contract_signed_on = MissionSource.CONTRACT, date(2026, 8, 31)
    db.session.flush()
    return cpts


@pytest.fixture
def signed(cpts: Cpts) -> Cpts:
    return sign(cpts)


@pytest.fixture
def coordination(cpts: Cpts) -> Account:
    made = member(cpts, Role.COORDINATOR)
    made.email = "coordination@exemple.fr"
    return made


def remind(app: Flask, on: date, hour: int = 12) -> int:
    """As the command does, that day; how many messages will leave."""
    db.session.commit()
    with app.test_request_context():
        posted = len(reminding.remind(at(on, hour)))
    db.session.rollback()
    db.session.expire_all()
    return posted


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, NOON.time().replace(hour=hour), NOON.tzinfo)


def mails() -> list[OutboxMessage]:
    return list(
        db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at, OutboxMessage.recipient))
    )


def stages() -> list[str]:
    found = db.session.scalars(sa.select(DeadlineReminder).order_by(DeadlineReminder.sent_at))
    return [f"{one.deadline} {one.stage}" for one in found]


def test_a_month_a_week_a_day_before_then_each_week_after(app: Flask, signed: Cpts, coordination: Account) -> None:
    told = [day for late in range(-40, 23) if remind(app, day := START_ON + late * DAY)]
    assert told == [START_ON + late * DAY for late in (-31, -7, -1, 1, 8, 15, 22)]
    assert stages() == [f"start {one}" for one in ("month", "week", "day", "late-1", "late-2", "late-3", "late-4")]
    first, *_, last = mails()
    assert (first.recipient, first.subject) == (
        "coordination@exemple.fr",
        "Uzège\u00a0: 1\u00a0échéance de la mission",
    )
    assert (
        "- Le plan est à écrire et à publier au plus tard le 28 février 2027 (6 mois à compter de la signature du "
        "contrat, le 31 août 2026)\u00a0: dans 31\u00a0jours." in first.body
    )
    assert "http://localhost/cpts/uzege/mise-a-jour/echeances/" in first.body
    assert "en retard de 22\u00a0jours." in last.body


def test_the_same_day_again_writes_nothing(app: Flask, signed: Cpts, coordination: Account) -> None:
    assert [remind(app, START_ON - 7 * DAY, hour) for hour in (6, 12, 20)] == [1, 0, 0]


def test_weeks_without_cron_lose_nothing_and_send_nothing_late(app: Flask, signed: Cpts, coordination: Account) -> None:
    assert [remind(app, START_ON + late * DAY) for late in (-3, -2, 17, 18, 21, 22)] == [1, 0, 1, 0, 0, 1]
    assert stages() == ["start week", "start late-3", "start late-4"]


def test_what_was_met_meanwhile_is_not_reminded(app: Flask, signed: Cpts, coordination: Account) -> None:
    assert remind(app, START_ON - 20 * DAY) == 1
    waiting = queries.waiting(at(START_ON + DAY))
    version = a_version(signed, START_ON - 10 * DAY)
    db.session.commit()
    with app.test_request_context():
        assert reminding.remind_several(waiting, at=at(START_ON + DAY)) == []
    db.session.rollback()
    assert remind(app, START_ON + DAY) == 0
    deployed_by = date(2028, 2, 28)
    handed_over(version, date(2027, 4, 1))
    sign_update = queries.deadlines_of(signed, deployed_by)
    assert [one.key for one in sign_update if one.kind.is_to_do and one.done_on is None] == ["update"]
    remind(app, deployed_by + DAY)
    assert not [one for one in stages() if one.startswith("deployment")]


def test_the_update_is_reminded_at_its_own_day_and_again_the_next_year(
    app: Flask, cpts: Cpts, coordination: Account
) -> None:
    a_version(cpts, date(2026, 1, 31))
    assert [remind(app, day) for day in (date(2026, 12, 31), date(2027, 1, 30))] == [1, 1]
    a_version(cpts, date(2027, 1, 31), number=2)
    assert [remind(app, day) for day in (date(2027, 2, 1), date(2027, 12, 31))] == [0, 1]
    assert "La mise à jour du plan est à publier au plus tard le 31 janvier 2028" in mails()[-1].body
    assert stages() == ["update month", "update day", "update month"]


def test_only_what_is_to_be_done_is_reminded(app: Flask, cpts: Cpts, coordination: Account) -> None:
    cpts.contract_signed_on, cpts.mission_started_on = date(2026, 8, 31), date(2026, 9, 1)
    assert [remind(app, date(2027, 8, 30)), remind(app, date(2027, 8, 31)), remind(app, date(2027, 9, 20))] == [0, 0, 0]


def test_a_person_in_two_cpts_gets_one_message_and_everyone_theirs(
    app: Flask, signed: Cpts, coordination: Account
) -> None:
    elsewhere = sign(CptsFactory(slug="vidourle", name="Vidourle"))
    db.session.add(Membership(account=coordination, cpts_id=elsewhere.id, role=Role.REFERENT, added_at=NOON))
    theirs, adherent = member(elsewhere, Role.REFERENT), member(elsewhere, Role.ADHERENT)
    cell = member(signed, Role.CELL_MEMBER)
    assert remind(app, START_ON - 7 * DAY) == 2
    told = {mail.recipient: mail for mail in mails()}
    assert set(told) == {coordination.email, theirs.email}
    assert not {adherent.email, cell.email} & set(told)
    assert told[coordination.email].subject == "2\u00a0CPTS\u00a0: 2\u00a0échéances de la mission"
    assert told[coordination.email].body.count("Le plan est à écrire") == 2
    assert "/cpts/uzege/" in told[coordination.email].body
    assert "/cpts/vidourle/" in told[coordination.email].body
    assert told[theirs.email].subject == "Vidourle\u00a0: 1\u00a0échéance de la mission"
    assert "/cpts/uzege/" not in told[theirs.email].body
    assert remind(app, START_ON - 7 * DAY) == 0


def test_several_deadlines_of_one_day_are_one_message(app: Flask, signed: Cpts, coordination: Account) -> None:
    signed.contract_signed_on = date(2024, 8, 31)
    assert remind(app, TODAY) == 1
    (mail,) = mails()
    assert mail.subject == "Uzège\u00a0: 2\u00a0échéances de la mission"
    assert "Le plan est à communiquer aux partenaires au plus tard le 28 février 2026" in mail.body


def test_the_day_is_that_of_the_cpts(app: Flask, signed: Cpts, coordination: Account) -> None:
    """At 21:00 UTC it is already tomorrow in La Réunion."""
    signed.time_zone = "Indian/Reunion"
    eve = START_ON - 8 * DAY
    assert remind(app, START_ON - 20 * DAY) == 1
    assert [remind(app, eve, 12), remind(app, eve, 21)] == [0, 1]


def test_where_there_is_nobody_to_tell_nothing_is_noted(app: Flask, signed: Cpts) -> None:
    assert remind(app, START_ON - 7 * DAY) == 0
    assert stages() == []
    member(signed, Role.REFERENT)
    assert remind(app, START_ON - 7 * DAY) == 1


def test_another_signature_begins_again(app: Flask, signed: Cpts, coordination: Account) -> None:
    remind(app, START_ON - 7 * DAY)
    signed.contract_signed_on = date(2026, 9, 1)
    assert [remind(app, START_ON - 7 * DAY), remind(app, START_ON - 6 * DAY)] == [1, 1]
    assert stages() == ["start week", "start month", "start week"]


def test_two_runs_at_once_write_each_message_once(app: Flask, signed: Cpts, coordination: Account) -> None:
    other = sign(CptsFactory(slug="vidourle", name="Vidourle"))
    member(other, Role.REFERENT)
    db.session.commit()
    start, now = Barrier(2), at(START_ON - 7 * DAY)

    def run() -> int:
        with app.app_context(), app.test_request_context():
            start.wait(timeout=60)
            return len(reminding.remind(now))

    with ThreadPoolExecutor(2) as threads:
        counts = [one.result() for one in [threads.submit(Context().run, run) for _ in range(2)]]
    assert sorted(counts) == [0, 2]
    assert len(mails()) == 2
    assert stages() == ["start week", "start week"]


def test_asking_who_waits_costs_the_same_for_one_and_for_three(app: Flask, signed: Cpts) -> None:
    def statements() -> int:
        db.session.commit()
        db.session.expire_all()
        with counted_statements() as sent:
            assert queries.waiting(NOON) == []
        return len(sent)

    a_version(signed, date(2026, 11, 1))
    once = statements()
    for number in range(2):
        handed_over(a_version(sign(CptsFactory()), date(2026, 11, 1 + number)), TODAY)
    assert statements() == once
