"""What following up asks for, in sentences, and the days that it puts in a calendar."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from crisis_plan.evaluation.debriefs.rules import Meeting
from crisis_plan.evaluation.follow_up import rules
from crisis_plan.evaluation.follow_up.sentences import calendar_days, debrief_tasks, improvement_tasks, undecided_tasks
from crisis_plan.evaluation.improvements import rules as improvements
from crisis_plan.evaluation.improvements.rules import ImprovementState
from tests.factories import NOON, TODAY

DAY = timedelta(days=1)


@dataclass(frozen=True)
class One:
    number: int
    due_on: date | None
    text: str = "Revoir la fiche"
    state: ImprovementState = ImprovementState.OPEN
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    changed_at: datetime = NOON
    version: int = 1

    @property
    def name(self) -> str:
        return improvements.name(self.number)


@dataclass(frozen=True)
class Planned:
    meeting: Meeting
    planned_on: date | None
    held_on: date | None = None
    version: int = 1


@dataclass(frozen=True)
class Review:
    meetings: tuple[Planned, ...] = ()
    report_on: date = TODAY + 300 * DAY
    subject: str = "Crise n°\u00a01"
    reminded: str = ""
    is_validated: bool = False
    opened_at: datetime = NOON
    version: int = 4
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def said(*known: One) -> list[str]:
    return [one.sentence for one in improvement_tasks(known, TODAY)]


def test_a_late_one_is_named_with_its_last_day() -> None:
    late = One(3, date(2026, 11, 1), "Revoir la fiche.")
    (task,) = improvement_tasks([late], TODAY)
    assert task.sentence == "Amélioration n°\u00a03 en retard depuis le 1er novembre 2026\u00a0: Revoir la fiche."
    assert (task.endpoint, task.values) == ("cpts.improvements.show", {"improvement_id": late.id})


def test_beyond_three_they_are_counted_and_the_longest_late_are_named() -> None:
    late = [One(number, TODAY - number * DAY) for number in range(1, 6)]
    soon = [One(number, TODAY + number * DAY) for number in range(11, 15)]
    found = said(*soon, *late)
    assert [one[:17] for one in found[:3]] == [f"Amélioration n°\u00a0{number}" for number in (5, 4, 3)]
    assert found[3] == "2\u00a0autres améliorations sont en retard."
    assert found[4].startswith("Amélioration n°\u00a011 à faire pour le 3 décembre 2026\u00a0: ")
    assert found[7] == "1\u00a0autre amélioration est à faire d’ici 30 jours."
    assert len(found) == 8


def test_nothing_is_asked_of_what_is_closed_or_far_away() -> None:
    closed = One(1, TODAY - DAY, state=ImprovementState.DONE)
    assert said(closed, One(2, TODAY + 31 * DAY), One(3, None, state=ImprovementState.REFUSED)) == []
    assert len(said(One(2, TODAY + 30 * DAY))) == 1


def test_a_long_text_is_cut() -> None:
    (sentence,) = said(One(1, TODAY, "a" * 300))
    assert sentence.endswith(f"{'a' * 120}…")


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (TODAY + 8 * DAY, []),
        (TODAY + 7 * DAY, ["Le retour à froid de la crise n°\u00a01 est prévu le 29 novembre 2026."]),
        (TODAY, ["Le retour à froid de la crise n°\u00a01 est prévu le 22 novembre 2026."]),
        (
            TODAY - DAY,
            [
                "Le retour à froid de la crise n°\u00a01 était prévu le 21 novembre 2026\u00a0: "
                "dites s’il a eu lieu, ou fixez une autre date."
            ],
        ),
    ],
)
def test_a_meeting_is_said_seven_days_before_and_until_it_was_held(day: date, sentences: list[str]) -> None:
    debrief = Review((Planned(Meeting.COLD, day),))
    assert [one.sentence for one in debrief_tasks([debrief], TODAY)] == sentences
    assert not list(debrief_tasks([Review((Planned(Meeting.COLD, day, held_on=day),))], TODAY))


def test_a_meeting_that_will_not_be_held_is_not_asked_for() -> None:
    assert not list(debrief_tasks([Review((Planned(Meeting.PARTNERS, None),))], TODAY))


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (TODAY + 8 * DAY, []),
        (TODAY + 7 * DAY, ["Le bilan de l’exercice n°\u00a02 est à valider avant le 29 novembre 2026."]),
        (
            TODAY - DAY,
            [
                "Le bilan de l’exercice n°\u00a02 était à valider avant le 21 novembre 2026\u00a0: "
                "validez-le, ou fixez une autre date."
            ],
        ),
    ],
)
def test_the_report_is_said_seven_days_before_and_until_it_is_validated(day: date, sentences: list[str]) -> None:
    debrief = Review(report_on=day, subject="Exercice n°\u00a02")
    tasks = list(debrief_tasks([debrief], TODAY))
    assert [one.sentence for one in tasks] == sentences
    assert all(one.values == {"debrief_id": debrief.id} for one in tasks)


def test_the_oldest_date_comes_first_whatever_the_debrief() -> None:
    first = Review((Planned(Meeting.HOT, TODAY),), report_on=TODAY + 3 * DAY)
    other = Review((Planned(Meeting.COLD, TODAY + DAY),))
    found = [one.values["debrief_id"] for one in debrief_tasks([first, other], TODAY)]
    assert found == [first.id, other.id, first.id]


def test_the_calendar_holds_last_days_meetings_to_come_and_reports() -> None:
    one, done = One(3, TODAY, version=2), One(4, TODAY, state=ImprovementState.DONE)
    debrief = Review((Planned(Meeting.HOT, TODAY, held_on=TODAY), Planned(Meeting.COLD, TODAY + DAY, version=3)))
    found = list(calendar_days([one, done], [debrief]))
    assert [(found.key, found.day, found.title, found.revision) for found in found] == [
        (f"improvement-{one.id}", TODAY, "Amélioration n°\u00a03\u00a0: Revoir la fiche", 1),
        (f"debrief-cold-{debrief.id}", TODAY + DAY, "Retour à froid de la crise n°\u00a01", 2),
        (
            f"debrief-report-{debrief.id}",
            TODAY + 300 * DAY,
            "Bilan de la crise n°\u00a01\u00a0: dernier jour pour le valider",
            3,
        ),
    ]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Crise n°\u00a01", "de la crise n°\u00a01"),
        ("Exercice sur table", "de l’exercice sur table"),
        ("Test de communication", "du test de communication"),
        ("Formation", "de la formation"),
        ("Information, sensibilisation", "de l’information, sensibilisation"),
        ("Repas", "(Repas)"),
    ],
)
def test_what_is_reviewed_reads_in_a_sentence(subject: str, words: str) -> None:
    assert rules.of_subject(subject) == words


def test_each_date_is_reminded_once_it_has_come_and_another_date_again() -> None:
    hot = Planned(Meeting.HOT, TODAY)
    debrief = Review((hot, Planned(Meeting.COLD, TODAY + DAY)), report_on=TODAY)
    due = rules.to_remind(debrief, TODAY)
    assert [one.key for one in due] == ["hot", "report"]
    noted = rules.reminded(debrief, due)
    assert noted == "hot:2026-11-22 report:2026-11-22"
    moved = Review((Planned(Meeting.HOT, TODAY + DAY),), report_on=TODAY, reminded=noted)
    assert rules.to_remind(moved, TODAY) == []
    again = rules.to_remind(moved, TODAY + DAY)
    assert rules.reminded(moved, again) == "hot:2026-11-23 report:2026-11-22"


def test_weak_points_without_a_decision_are_counted_by_debrief() -> None:
    debrief = Review(subject="Crise n°\u00a02")
    (asked,) = undecided_tasks([(debrief, 2)])
    assert asked.sentence == "2\u00a0points faibles attendent une décision dans le bilan de la crise n°\u00a02."
    assert asked.values == {"debrief_id": debrief.id}
