"""What the daily purge forgets."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from crisis_plan import clock
from crisis_plan.anticipation.referents.models import ReferentAbsence
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.models import CallLine
from crisis_plan.pilotage.calls.retention import ERASED
from tests.factories import NOON, ContactFactory
from tests.pilotage.calls.factories import call_list, person


def purge(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["purge"])
    assert result.exit_code == 0, result.output
    db.session.rollback()


def test_absences_that_are_over_are_forgotten_and_those_under_way_are_not(app: Flask, cpts: Cpts) -> None:
    today, who = clock.today(cpts), ContactFactory(cpts_id=cpts.id)
    for ends_on in (today - timedelta(days=1), today):
        absence = ReferentAbsence(cpts_id=cpts.id, contact=who, starts_on=today - timedelta(days=9), ends_on=ends_on)
        absence.created_at = NOON
        db.session.add(absence)
    db.session.commit()
    purge(app)
    assert [one.ends_on for one in db.session.query(ReferentAbsence)] == [today]


def test_names_leave_the_evidence_ten_years_after_the_contract_was_signed(app: Flask, cpts: Cpts) -> None:
    call_list(cpts, [person(cpts, "Roux")])
    for signed_on, kept in ((date(2020, 1, 1), True), (None, True)):
        cpts.contract_signed_on = signed_on
        db.session.commit()
        purge(app)
        assert (db.session.query(CallLine).one().name != ERASED) is kept
