"""What a debrief still awaits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from crisis_plan.evaluation.debriefs.dates import Awaited, awaited
from crisis_plan.evaluation.debriefs.rules import Meeting

DAY = date(2026, 8, 14)


@dataclass(frozen=True)
class Told:
    meeting: Meeting
    planned_on: date | None
    held_on: date | None = None


@dataclass(frozen=True)
class Review:
    meetings: list[Told] = field(default_factory=list)
    report_on: date = DAY + timedelta(days=56)
    is_validated: bool = False


def test_the_first_day_comes_first_and_the_validation_last() -> None:
    review = Review([Told(Meeting.HOT, DAY + timedelta(days=90)), Told(Meeting.COLD, DAY)])
    assert [one.what for one in awaited(review)] == ["Retour à froid", "Retour à chaud", "Validation du bilan"]


def test_what_was_held_or_will_not_be_is_not_awaited() -> None:
    review = Review([Told(Meeting.HOT, DAY, DAY), Told(Meeting.COLD, None)])
    assert [one.what for one in awaited(review)] == ["Validation du bilan"]


def test_nothing_is_awaited_of_a_validated_debrief() -> None:
    assert awaited(Review([Told(Meeting.HOT, DAY)], is_validated=True)) == []


def test_its_day_over_it_is_late() -> None:
    step = Awaited(DAY, "Retour à chaud")
    assert not step.is_late(DAY)
    assert step.is_late(DAY + timedelta(days=1))
