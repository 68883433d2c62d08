"""The time line draws what somebody finds who reads the log line by line, and stays small whatever its length."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.access.models import Account
from crisis_plan.clock import PARIS
from crisis_plan.document.blocks import TimeLine, words
from crisis_plan.document.lanes import Lane
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.figures import happenings
from crisis_plan.evaluation.figures.axis import Axis
from crisis_plan.evaluation.figures.course import LevelStep
from crisis_plan.evaluation.figures.engaged import MOST_STEPS, at_once, on_axis
from crisis_plan.evaluation.figures.happenings import Happening, Sort
from crisis_plan.evaluation.figures.timeline import time_line, told
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.figures.happened import HOUR, crowd, happening, line_of, several
from tests.factories import NOON, AccountFactory
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.mobilisation.factories import unknown, worked
from tests.statements import counted_statements

MINUTE = timedelta(minutes=1)
LATER = NOON + timedelta(days=3)
MOST_DRAWN, MOST_ROWS = 200, 170


def lane(line: TimeLine, name: str) -> Lane:
    return next(one for one in line.lanes if one.name.startswith(name))


def drawn(line: TimeLine) -> int:
    return sum(len(one.marks) + len(one.bands) for one in line.lanes)


def told_in_words(line: TimeLine) -> Counter[str]:
    """How many things of each nature the lines of the table tell."""
    found: Counter[str] = Counter()
    for row in line.table.rows:
        _, nature, what, _ = map(words, row.cells)
        several = re.match(r"([\d\u202f]+)\u00a0\w+", what) if what[0].isdigit() and "sans saisie" not in what else None
        found[nature] += int(several[1].replace("\u202f", "")) if several else 1
    return found


def drawn_in_words(line: TimeLine) -> Counter[str]:
    """How many things of each nature the marks and bands stand for."""
    names = {"Décisions": "Décision", "Messages": "Message", "Points": "Point de situation", "Silences": "Silence"}
    found = {
        nature: sum(mark.count for mark in lane(line, name).marks) + len(lane(line, name).bands)
        for name, nature in names.items()
    }
    return Counter({nature: count for nature, count in found.items() if count})


@given(several)
def test_the_drawing_and_the_table_count_the_same(happened: list[Happening]) -> None:
    line = line_of(happened, days=40)
    wanted = Counter(one.sort.label for one in happened)
    assert drawn_in_words(line) == wanted
    assert told_in_words(line) == wanted
    unsaid = [one for one in happened if one.lacks_reason]
    shown = [mark.count for one in line.lanes if one.name.startswith("dont sans") for mark in one.marks]
    assert sum(shown) == len(unsaid)
    rows = [words(row.cells[2]) for row in line.table.rows]
    assert sum(row == "Prise" for row in rows) == sum(one.sort is Sort.DECISION for one in happened)


@given(several)
def test_a_mark_stands_where_it_happened(happened: list[Happening]) -> None:
    """Alone: at its moment; together: at the middle of a place that is a 24th of the axis, or so."""
    line = line_of(happened, days=40)
    for sort, name in ((Sort.DECISION, "Décisions"), (Sort.MESSAGE, "Messages"), (Sort.REPORT, "Points")):
        recount = sum((one.at - NOON) / timedelta(days=40) for one in happened if one.sort is sort)
        marks = lane(line, name).marks
        assert sum(mark.position * mark.count for mark in marks) == pytest.approx(recount, abs=0.01)
        alone = {round((one.at - NOON) / timedelta(days=40), 4) for one in happened if one.sort is sort}
        assert {mark.position for mark in marks if mark.count == 1} <= alone


@pytest.mark.parametrize(("count", "days"), [(5_000, 1), (5_000, 14), (5_000, 60), (5_000, 400)])
def test_five_thousand_entries_are_drawn_in_two_hundred_marks_and_told_in_few_lines(count: int, days: int) -> None:
    line = line_of(crowd(count, days), days=days)
    assert drawn(line) <= MOST_DRAWN
    assert len(line.table.rows) <= MOST_ROWS
    counts = drawn_in_words(line)
    assert counts["Décision"] == told_in_words(line)["Décision"] == count / 4
    assert told_in_words(line)["Silence"] == count / 4


def test_what_is_too_much_for_the_table_is_told_by_day_with_its_numbers() -> None:
    line = line_of(crowd(400, 3), days=3)
    said = [tuple(map(words, row.cells)) for row in line.table.rows if row.cells[1] == "Décision"]
    assert said[0] == (
        "22 novembre 2026",
        "Décision",
        "16\u00a0décisions, dont 6 sans raison écrite",
        "n°\u00a01 à n°\u00a061",
    )


def test_decisions_of_the_same_hour_share_a_mark_that_says_so() -> None:
    line = line_of([happening(Sort.DECISION, NOON + rank * MINUTE, rank) for rank in range(7)], days=1)
    (mark,) = lane(line, "Décisions").marks
    assert (mark.count, mark.label.replace("\u00a0", " ")) == (7, "7 décisions le 22 nov. entre 13 h et 14 h")


def test_what_comes_long_after_stands_at_the_edge_with_its_date() -> None:
    fact = Happening(Sort.FACT, NOON + timedelta(days=90), "Crise sanitaire grave reconnue", "annexe n°\u00a02")
    (mark,) = lane(line_of([fact]), "Faits datés").marks
    assert (mark.position, mark.word.replace("\u00a0", " ")) == (1.0, "Crise sanitaire grave reconnue, 20 févr., 13:00")


def test_a_level_holds_from_the_activation_to_the_stand_down_but_while_the_crisis_was_stood_down() -> None:
    steps = [LevelStep(NOON, "Alerte"), LevelStep(NOON + 6 * HOUR, "Veille")]
    stages = [
        Happening(Sort.STAGE, NOON + 2 * HOUR, "levée"),
        Happening(Sort.STAGE, NOON + 4 * HOUR, "reprise"),
        Happening(Sort.STAGE, NOON + 8 * HOUR, "levée"),
    ]
    found = happenings.levels(steps, stages, NOON + 8 * HOUR)
    hours = [(one.what, (one.at - NOON) / HOUR, ((one.ends_at or one.at) - NOON) / HOUR) for one in found]
    assert hours == [("Alerte", 0, 2), ("Alerte", 4, 6), ("Veille", 6, 8)]


times = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=5)


@given(st.lists(times, max_size=6), st.integers(0, 340))
def test_people_at_work_are_counted_once_each_at_any_moment(people: list[list[tuple[int, int]]], minute: int) -> None:
    intervals = [[(NOON + start * MINUTE, NOON + (start + long) * MINUTE) for start, long in one] for one in people]
    at = NOON + minute * MINUTE
    steps = at_once(intervals)
    counted = next((count for moment, count in reversed(steps) if moment <= at), 0)
    assert counted == sum(any(start <= at < end for start, end in one) for one in intervals)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 50)), max_size=400))
def test_the_curve_is_short_and_keeps_its_peak(found: list[tuple[int, int]]) -> None:
    steps = [(NOON + minute * MINUTE, count) for minute, count in sorted(dict(found).items())]
    axis = Axis(NOON, NOON + 10_000 * MINUTE, PARIS)
    curve = on_axis(steps, axis.position)
    assert len(curve) <= MOST_STEPS
    assert max(count for _, count in curve) == max((count for _, count in steps), default=0)
    assert [at for at, _ in curve] == sorted(at for at, _ in curve)


def test_the_table_tells_the_most_people_of_each_day() -> None:
    steps = [(NOON, 3), (NOON + HOUR, 5), (NOON + 20 * HOUR, 2), (NOON + 30 * HOUR, 0)]
    line = told("Frise", [], steps, Axis(NOON, NOON + 40 * HOUR, PARIS), HOUR)
    assert [(row.cells[0], row.cells[2]) for row in line.table.rows] == [
        ("dim. 22 nov. 2026, 14:00", "5 au plus en même temps"),
        ("lun. 23 nov. 2026, 00:00", "5 au plus en même temps"),
    ]


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


def lived(crisis: Crisis, by: Account, more: int = 0) -> None:
    """Five hours: a request, four decisions of which one lacks its reason, two messages, two nurses."""
    facts.record(crisis, FactKind.REQUEST, facts.Told(NOON, "ARS", "", "Agir."), by=by, at=NOON + MINUTE)
    for rank in range(3 + more):
        at = NOON + (10 + rank) * MINUTE
        an_entry(crisis, by, at=at, kind=EntryKind.DECISION, reason="Il le faut.")
    an_entry(crisis, by, at=NOON + 90 * MINUTE, kind=EntryKind.DECISION)
    for minute in (95, 200):
        an_entry(crisis, by, at=NOON + minute * MINUTE, kind=EntryKind.MESSAGE)
    worked(crisis, by, NOON + 20 * MINUTE, NOON + 120 * MINUTE, unknown("Anne Petit"), unknown("Luc Roy"))
    worked(crisis, by, NOON + 60 * MINUTE, NOON + 180 * MINUTE, unknown("Luc Roy"))


def of_a_lived_crisis(cpts: Cpts, account: Account, more: int = 0) -> Debrief:
    return a_debrief(cpts, account, tell=lambda crisis: lived(crisis, account, more))


def test_a_crisis_is_drawn_from_its_log(cpts: Cpts, account: Account) -> None:
    line = time_line(of_a_lived_crisis(cpts, account), LATER)
    assert line
    assert [one.name.replace("\u00a0", " ") for one in line.lanes] == [
        "Faits datés", "Niveaux", "Décisions : 4", "dont sans raison écrite : 1", "Messages : 2",
        "Points de situation", "Silences de plus de 1 h : 3",
    ]  # fmt: skip
    whole = timedelta(hours=6)
    assert [mark.position for mark in lane(line, "Messages").marks] == [
        round(minute * MINUTE / whole, 4) for minute in (95, 200)
    ]
    assert [(band.start, band.end, band.word) for band in lane(line, "Niveaux").bands] == [
        (0.0, round(5 / 6, 4), "Activation partielle")
    ]
    assert line.curve
    assert line.curve.highest == 2
    assert (line.starts, line.ends) == ("dim. 22 nov. 2026, 13:00", "dim. 22 nov. 2026, 19:00")


def test_nothing_that_somebody_typed_is_in_it(cpts: Cpts, account: Account) -> None:
    said = str(time_line(of_a_lived_crisis(cpts, account), LATER))
    assert not re.search("Il le faut|Agir|Petit|Un fait|Nadia", said)


def test_it_costs_the_same_for_a_long_log(cpts: Cpts, account: Account) -> None:
    costs = []
    for more in (0, 30):
        debrief = of_a_lived_crisis(cpts, account, more)
        assert debrief.crisis
        assert debrief.cpts
        with counted_statements() as sent:
            time_line(debrief, LATER)
        costs.append(len(sent))
    assert costs == [4, 4]


def test_an_exercise_of_the_programme_has_no_log_to_draw(cpts: Cpts, account: Account) -> None:
    assert time_line(a_programme_debrief(cpts, account), LATER) is None
