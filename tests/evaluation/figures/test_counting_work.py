"""Tasks, calls, messages, and who came to an exercise: counted again one by one, in the plainest way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.exercises.attendance import attendance
from crisis_plan.evaluation.figures import exercise, work
from crisis_plan.pilotage.calls.rules import Outcome, in_words, results
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.messages.queries import Sent
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import counted
from tests.evaluation.figures.rows import MINUTE, NUMBERS, cited, first_number, lines, main, marked
from tests.factories import NOON

PROFESSIONS = st.sampled_from(["Infirmier", "Médecin", ""])


@st.composite
def tasks(draw: st.DrawFn) -> CrisisTask:
    return CrisisTask(
        state=draw(st.sampled_from(TaskState)),
        due_at=draw(st.none() | st.integers(-3, 3).map(lambda minutes: NOON + minutes * MINUTE)),
        changed_at=NOON,
        word=draw(st.sampled_from(["", "Sans objet"])),
        entry_number=draw(NUMBERS),
    )


@given(st.lists(tasks(), max_size=20))
def test_every_task_is_in_one_line_and_one_only(found: list[CrisisTask]) -> None:
    figure, recount = work.tasks(found), Counter[str]()
    for one in found:
        if one.state is TaskState.DONE:
            is_late = one.due_at is not None and one.due_at < NOON
            recount["Faites après leur échéance" if is_late else "Faites à l’heure ou sans échéance"] += 1
        elif one.state is TaskState.DROPPED:
            recount["Abandonnées avec un mot" if one.word else "Abandonnées sans un mot"] += 1
        else:
            recount["Restées ouvertes"] += 1
    assert {label: int(value) for label, value in lines(figure).items() if value != "0"} == recount
    assert set(figure.entries) == main(*(one.entry_number for one in found))
    done = sum(one.state is TaskState.DONE for one in found)
    assert figure.value == (f"{done} sur {len(found)} faites" if found else "aucune")


@dataclass(frozen=True)
class Line:
    """Someone of a call list: reached after so many minutes, or never."""

    after: int | None
    name: str = "Anne PETIT"
    profession: str = "Infirmier"
    comes: bool | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome.NO_ANSWER if self.after is None else Outcome.REACHED

    @property
    def answered_at(self) -> datetime | None:
        return None if self.after is None else NOON + self.after * MINUTE


def recounted(people: list[Line], percent: int) -> timedelta | None:
    """The first minute at which so many of those asked had answered."""
    for minute in range(400):
        reached = sum(one.after is not None and one.after <= minute for one in people)
        if people and reached * 100 >= len(people) * percent:
            return minute * MINUTE
    return None


@given(st.lists(st.builds(Line, st.none() | st.integers(0, 300)), min_size=1, max_size=12), st.booleans())
def test_half_and_nine_tenths_of_the_cell_are_of_all_who_were_asked(people: list[Line], is_first: bool) -> None:
    others = work.Called("Adhérents", results([Line(0)], NOON))
    of_cell = work.Called("Cellule de crise", results(people, NOON))
    again = work.Called("Cellule de crise", results([Line(None)], NOON))
    lists = [of_cell, others, again] if is_first else [others, of_cell, again]
    figure = work.cell_reached(NOON - 5 * MINUTE, lists, NOON, [marked(1, begins=True), marked(2)])
    told = list(lines(figure).values())
    reached = sum(one.after is not None for one in people)
    assert figure.value == f"{reached} sur {len(people)}"
    assert told == ["5\u00a0min", in_words(recounted(people, 50)), in_words(recounted(people, 90))]
    assert ("non atteint" in told) == (reached * 10 < len(people) * 9)
    assert set(figure.entries) == main(1)


def test_without_a_list_for_the_cell_nothing_is_measured() -> None:
    alone = work.cell_reached(NOON, [work.Called("Adhérents", results([Line(3)], NOON))], NOON + 3 * MINUTE, [])
    assert (alone.value, list(lines(alone).values())) == ("non mesuré", ["3\u00a0min"])
    nobody = work.cell_reached(NOON, [], None, [])
    assert (nobody.value, nobody.lines) == ("non mesuré", [])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_messages_are_their_entries_and_people_those_of_the_page(found: list[tuple[bool, int, int]]) -> None:
    rows = [marked(number, EntryKind.MESSAGE) for number in range(1, len(found) + 1)]
    sent = [
        Sent(Part.MAIN, number, people + missed, missed)
        for number, (by_page, people, missed) in enumerate(found, start=1)
        if by_page
    ]
    figure = work.messages([*rows, marked(99, is_late=True)], sent)
    told = list(lines(figure).values())
    by_page = [one for one in found if one[0]]
    assert first_number(figure.value) == len(found)
    assert set(figure.entries) == cited(rows)
    assert told == (
        [
            str(len(by_page)),
            str(len(found) - len(by_page)),
            counted(sum(people + missed for _, people, missed in by_page), "personne"),
            counted(sum(missed for _, _, missed in by_page), "personne"),
        ]
        if found
        else []
    )


@given(st.lists(st.tuples(PROFESSIONS, st.booleans()), max_size=20))
def test_attendance_is_counted_by_profession(people: list[tuple[str, bool]]) -> None:
    figure = exercise.attendance(attendance(people))
    came = sum(was_present for _, was_present in people)
    assert figure.value == (f"{came} sur {len(people)}" if people else "aucun invité")
    recount = {
        profession or "Sans profession indiquée": (
            f"{sum(came for one, came in people if one == profession)} sur {sum(one == profession for one, _ in people)}"
        )
        for profession, _ in people
    }
    assert lines(figure) == recount


@given(st.lists(st.builds(Line, st.none() | st.integers(0, 300)), min_size=1, max_size=12))
def test_answers_are_those_of_everyone_asked(people: list[Line]) -> None:
    figure = exercise.answers(results(people, NOON))
    reached = sum(one.after is not None for one in people)
    assert figure.value == f"{reached} sur {len(people)}"
    assert list(lines(figure).values())[:3] == [
        f"{100 * reached // len(people)}\u00a0%",
        in_words(recounted(people, 50)),
        in_words(recounted(people, 90)),
    ]
