"""A debrief is read whole in few statements."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from werkzeug.exceptions import NotFound

from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.rules import Meeting
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.factories import TODAY, CptsFactory


def test_the_debrief_of_a_closed_crisis_has_its_three_meetings_and_no_word_yet(cpts: Cpts, referent: Browser) -> None:
    assert referent.account
    debrief = queries.whole_or_404(cpts, a_debrief(cpts, referent.account).id)
    assert debrief.name == "Bilan\u00a0: Crise n°\u00a01, Feu de forêt"
    assert [(one.meeting, one.planned_on) for one in debrief.meetings] == [
        (Meeting.HOT, TODAY),
        (Meeting.COLD, TODAY + timedelta(days=14)),
        (Meeting.PARTNERS, TODAY + timedelta(days=28)),
    ]
    assert (debrief.findings, debrief.comments, debrief.addenda) == ([], [], [])


def test_the_debrief_of_an_exercise_of_the_programme_is_called_after_it(cpts: Cpts, referent: Browser) -> None:
    assert referent.account
    assert a_programme_debrief(cpts, referent.account).name == "Bilan\u00a0: Exercice sur table, Canicule"


def test_a_debrief_of_another_cpts_is_not_found(cpts: Cpts, referent: Browser) -> None:
    assert referent.account
    debrief = a_debrief(cpts, referent.account)
    with pytest.raises(NotFound):
        queries.whole_or_404(CptsFactory(), debrief.id)
    with pytest.raises(NotFound):
        queries.finding_or_404(debrief, uuid.uuid4())
