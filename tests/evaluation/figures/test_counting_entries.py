"""What is counted in the log is what somebody finds who reads it line by line."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.evaluation.figures import course, entries
from crisis_plan.evaluation.figures.rules import Cited, Figure
from crisis_plan.evaluation.figures.silences import silences
from crisis_plan.pilotage.logbook.contents import Content, canonical
from crisis_plan.pilotage.logbook.reckoning import Marked, Tally
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from tests.evaluation.figures.rows import MINUTE, PARIS, cited, first_number, lines, logs, marked
from tests.factories import NOON


def ancestors(rows: list[Marked], row: Marked) -> list[Marked]:
    """What this entry corrects, and what that corrected, read one by one."""
    main = {one.number: one for one in rows if one.part is Part.MAIN}
    found = []
    while row.corrects is not None:
        row = main[row.corrects]
        found.append(row)
    return found


def with_corrections(rows: list[Marked], wanted: list[Marked]) -> set[Cited]:
    corrected = cited(wanted)
    return cited(one for one in rows if one in wanted or cited(ancestors(rows, one)) & corrected)


def check_parts(figure: Figure, *labels: str) -> None:
    """The lines that bear a number of entries cite as many."""
    for line in figure.lines:
        if not labels or line.label in labels:
            assert first_number(line.value) == len(line.entries)


@given(logs())
def test_decisions_are_counted_once_and_read_with_their_corrections(rows: list[Marked]) -> None:
    figure = entries.decisions(rows, PARIS)
    wanted = [one for one in rows if one.kind is EntryKind.DECISION]
    assert first_number(figure.value) == len(wanted)
    assert ("après la clôture" in figure.value) == any(one.part is Part.ANNEX for one in wanted)
    assert set(figure.entries) == with_corrections(rows, wanted)
    by_day = [line for line in figure.lines if line.label[0].isdigit()]
    assert sorted(one for line in by_day for one in line.entries) == sorted(cited(wanted))
    check_parts(figure)


@given(logs())
def test_decisions_without_reason_are_those_whose_field_is_empty(rows: list[Marked]) -> None:
    figure = entries.without_reason(rows)
    wanted = [
        one for one in rows if one.kind is EntryKind.DECISION and one.lacks_reason and not one.is_erased
    ]  # fmt: skip
    assert first_number(figure.value) == len(wanted)
    assert set(figure.entries) == with_corrections(rows, wanted)
    assert sorted(one for line in figure.lines for one in line.entries) == sorted(cited(wanted))
    corrected = {one.corrects for one in rows}
    read_again = [one for one in wanted if one.part is Part.MAIN and one.number in corrected]
    assert sum(len(line.entries) for line in figure.lines if "Corrigées" in line.label) == len(read_again)


@given(logs())
def test_late_entries_are_those_that_say_why(rows: list[Marked]) -> None:
    figure = entries.late(rows, 15)
    wanted = [one for one in rows if one.is_late]
    assert first_number(figure.value) == len(wanted)
    assert set(figure.entries) == cited(wanted)
    gaps = Counter(
        "Moins"
        if (gap := one.entered_at - one.happened_at) < timedelta(hours=1)
        else "De"
        if gap < timedelta(1)
        else "24"
        for one in wanted
    )
    assert {line.label.split()[0].split("\u00a0")[0]: first_number(line.value) for line in figure.lines} == gaps
    check_parts(figure)


@given(logs())
def test_flagged_entries_are_all_there_with_their_notes(rows: list[Marked]) -> None:
    noted = [one._replace(note=f"Note {rank}" if rank % 2 else "") for rank, one in enumerate(rows)]
    figure = entries.flagged(noted)
    wanted = [one for one in noted if one.is_flagged]
    assert first_number(figure.value) == len(wanted)
    assert set(figure.entries) == cited(wanted)
    assert [line.value for line in figure.lines] == [one.note or "sans note" for one in wanted]


@given(logs())
def test_situation_reports_are_their_entries(rows: list[Marked]) -> None:
    figure = entries.reports(rows, PARIS)
    wanted = [one for one in rows if one.kind is EntryKind.SITUATION_REPORT]
    assert first_number(figure.value) == len(wanted) == len(figure.lines)
    assert set(figure.entries) == cited(wanted)


@given(st.lists(st.tuples(st.sampled_from(Part), st.sampled_from(EntryKind)), max_size=60))
def test_every_entry_is_counted_and_cited(log: list[tuple[Part, EntryKind]]) -> None:
    found = Counter(log)
    figure = entries.entries([Tally(part, kind, total) for (part, kind), total in found.items()])
    numbers = Counter(part for part, _ in log)
    whole = [Cited(part, number) for part in (Part.MAIN, Part.ANNEX) for number in range(1, numbers[part] + 1)]
    assert first_number(figure.value) == len(log)
    assert list(figure.entries) == whole
    assert tuple(figure.entries[3:7]) == tuple(whole[3:7])
    assert {kind.label: sum(one is kind for _, one in log) for _, kind in log} == {
        label: int(value) for label, value in lines(figure).items()
    }


@given(st.lists(st.integers(0, 600), max_size=15), st.integers(1, 120))
def test_silences_are_the_minutes_that_nobody_wrote_in(minutes: list[int], threshold: int) -> None:
    """Minute by minute: whoever waited longer than the threshold waited in a silence."""
    until = NOON + 600 * MINUTE
    written = [(NOON + minute * MINUTE, number) for number, minute in enumerate(sorted(minutes), start=1)]
    found = silences(written, threshold * MINUTE, since=NOON, until=until)
    figure = entries.silent(found, "longs", PARIS)
    waited, recount = 0, []
    for minute in range(1, 601):
        waited += 1
        if minute in minutes or minute == 600:
            recount += [waited] if waited > threshold else []
            waited = 0
    assert [one.length / MINUTE for one in found] == recount
    assert first_number(figure.value) == len(recount) == len(figure.lines)
    assert {one.number for one in figure.entries} == {n for one in found for n in (one.after, one.before) if n}


@given(st.lists(st.text("AB .:", min_size=1, max_size=8), min_size=1, max_size=6))
def test_levels_follow_each_other_as_they_were_written(names: list[str]) -> None:
    rows = [marked(1, EntryKind.ACTIVATION)]
    for number, (before, after) in enumerate(pairwise(names), start=2):
        said = canonical(Content(text=f"Niveau\u00a0: {before} → {after}."))
        rows.append(marked(number, EntryKind.LEVEL, content=said))
    figure = course.levels(rows, Opened(names[-1]), PARIS)
    assert [line.value for line in figure.lines] == names
    assert set(figure.entries) == cited(rows)
    assert first_number(figure.value) == len(names) - 1


def test_a_change_of_level_that_was_erased_still_counts() -> None:
    figure = course.levels([marked(1, EntryKind.ACTIVATION), marked(2, EntryKind.LEVEL)], Opened("Veille"), PARIS)
    assert [line.value for line in figure.lines] == [course.ERASED, course.ERASED]


class Opened:
    """A crisis, as far as its levels go."""

    def __init__(self, level_name: str) -> None:
        self.opened_at: datetime = NOON
        self.level_name = level_name
