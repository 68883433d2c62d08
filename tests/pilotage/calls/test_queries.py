from __future__ import annotations

from datetime import timedelta

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import operations, queries
from crisis_plan.pilotage.calls.rules import Purpose
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.pilotage.calls.factories import call_list, person


def test_the_tests_that_are_over_are_those_of_this_cpts_the_latest_first(cpts: Cpts) -> None:
    ada, elsewhere = person(cpts, "Ada"), CptsFactory(slug="lointaine")
    running = call_list(cpts, [ada])
    first, crisis, last = (
        call_list(cpts, [ada], at=NOON + timedelta(days=day), purpose=purpose)
        for day, purpose in enumerate((Purpose.TEST, Purpose.CRISIS, Purpose.TEST))
    )
    theirs = call_list(elsewhere, [person(elsewhere, "Bea")])
    for one in (first, crisis, last, theirs):
        operations.close(one, by=AccountFactory(), at=NOON + timedelta(days=9))
    db.session.commit()
    assert [one.id for one in queries.closed_tests(cpts)] == [last.id, first.id]
    assert running.closed_at is None
