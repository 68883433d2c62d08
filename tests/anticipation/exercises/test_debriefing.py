"""An exercise that has a debrief stays held; what is corrected of it is corrected in the debrief being written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises import operations
from crisis_plan.anticipation.exercises.operations import ReviewedAlready
from crisis_plan.db import db
from crisis_plan.evaluation.room.opening import open_of_exercise
from crisis_plan.organisations.models import Cpts
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.evaluation.loop.factories import validated
from tests.factories import NOON, TODAY

WEEK = timedelta(days=7)


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def test_it_is_not_put_back_once_it_has_a_debrief(cpts: Cpts, referent: Browser, account: Account) -> None:
    held = exercise(cpts, "Canicule", held_on=TODAY)
    assert "Remettre au programme" in referent.get("cpts.exercises.show", exercise_id=held.id).text
    open_of_exercise(cpts, held, by=account, at=NOON)
    db.session.commit()
    page = referent.get("cpts.exercises.show", exercise_id=held.id)
    assert ("Remettre au programme" in page.text, "Annuler l’exercice" in page.text) == (False, False)
    refused = referent.post("cpts.exercises.put_back", {}, exercise_id=held.id)
    assert (refused.status, "corrigez-le dans son compte rendu" in refused.text) == (409, True)
    with pytest.raises(ReviewedAlready):
        operations.put_back(held, by=account, at=NOON)
    db.session.refresh(held)
    assert held.held_on == TODAY


def test_its_day_and_its_title_are_corrected_in_the_debrief_being_written(
    cpts: Cpts, referent: Browser, account: Account
) -> None:
    held = exercise(cpts, "Canicule", held_on=TODAY)
    debrief = open_of_exercise(cpts, held, by=account, at=NOON)
    debrief.meetings[1].planned_on = TODAY + timedelta(days=3)
    db.session.commit()
    page = referent.get("cpts.exercises.outcome", exercise_id=held.id)
    assert referent.submit(page, fields={"held_on": (TODAY - WEEK).isoformat()}).status == 303
    page = referent.get("cpts.exercises.edit", exercise_id=held.id)
    assert referent.submit(page, fields={"title": "Grand froid"}).status == 303
    db.session.refresh(debrief)
    assert (debrief.name, debrief.over_on) == ("Bilan\u00a0: Exercice sur table, Grand froid", TODAY - WEEK)
    assert [one.planned_on for one in debrief.meetings] == [
        TODAY - WEEK,
        TODAY + timedelta(days=3),
        TODAY - WEEK + timedelta(days=28),
    ]
    assert debrief.report_on == TODAY - WEEK + timedelta(days=56)


def test_a_validated_debrief_stays_as_it_was(cpts: Cpts, referent: Browser, account: Account) -> None:
    held = exercise(cpts, "Canicule", held_on=TODAY)
    debrief = validated(open_of_exercise(cpts, held, by=account, at=NOON), account)
    page = referent.get("cpts.exercises.edit", exercise_id=held.id)
    assert referent.submit(page, fields={"title": "Grand froid"}).status == 303
    db.session.refresh(debrief)
    assert (held.title, debrief.title, debrief.over_on) == ("Grand froid", "Canicule", TODAY)
