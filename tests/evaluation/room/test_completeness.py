"""What stands against validating a debrief, in sentences."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.completeness import Missing, Place, missing
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.room import validating
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.room.complete import a_complete_debrief, add, hold_the_first, not_to_be_held
from tests.factories import NOON


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def sentences(debrief: Debrief) -> list[str]:
    db.session.commit()
    return [one.sentence for one in validating.what_is_missing(debrief, NOON)]


def test_a_debrief_in_which_nobody_wrote_misses_a_meeting_and_a_finding(cpts: Cpts, by: Account) -> None:
    """Its description is the one of the logbook."""
    assert sentences(a_debrief(cpts, by)) == [
        "Aucun retour n’a encore été tenu\u00a0: indiquez la date du premier, ou dites de chacun pourquoi il ne se "
        "tiendra pas.",
        "Aucun constat\u00a0: notez au moins un point fort ou faible.",
    ]


def test_a_blank_description_is_told() -> None:
    found = missing((), (), " \n")
    assert found[0] == Missing("La description est vide\u00a0: écrivez-la.", Place.DESCRIPTION)


def test_three_meetings_that_will_not_be_held_with_why_are_enough(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by)
    add(debrief, FindingKind.STRONG, "Vite", by=by)
    for meeting in debrief.meetings[:2]:
        not_to_be_held(debrief, meeting, by)
    assert len(sentences(debrief)) == 1
    not_to_be_held(debrief, debrief.meetings[2], by)
    assert sentences(debrief) == []


def test_a_meeting_that_is_neither_planned_nor_held_nor_explained_is_told(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    debrief.meetings[2].planned_on = None
    assert sentences(debrief) == ["Retour avec les partenaires\u00a0: dites pourquoi il ne se tiendra pas."]


def test_a_weak_point_ends_in_an_improvement_or_in_a_refusal(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    weak = add(debrief, FindingKind.WEAK, "Rien ne suit", by=by)
    assert sentences(debrief) == [
        "Point faible n°\u00a04\u00a0: décidez d’une amélioration, ou dites pourquoi aucune n’est retenue."
    ]
    findings.withdraw(debrief, weak, "Dit deux fois", seen_version=1, by=by, at=NOON)
    assert sentences(debrief) == []


def test_an_improvement_has_somebody_and_a_day(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    improvement = db.session.scalars(sa.select(Improvement).where(Improvement.due_on.is_not(None))).one()
    improvement.owner_name, improvement.due_on = "", None
    assert sentences(debrief) == [
        "Amélioration n°\u00a01\u00a0: dites qui en est responsable.",
        "Amélioration n°\u00a01\u00a0: dites pour quand.",
    ]


def test_the_debrief_of_an_exercise_of_the_programme_is_described_by_what_was_measured(cpts: Cpts, by: Account) -> None:
    debrief = a_programme_debrief(cpts, by)
    hold_the_first(debrief, by)
    add(debrief, FindingKind.STRONG, "Tout le monde est venu", by=by)
    assert (sentences(debrief), debrief.description) == ([], "")
