"""Whatever was written in a log, what the database counts is what somebody counts who reads every entry of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey
from crisis_plan.evaluation.figures.silences import silences
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import erasing, reckoning
from crisis_plan.pilotage.logbook.by_hand import mark
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import TYPED, EntryKind, Part, Written
from tests.evaluation.figures.rows import cited, first_number
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis

MINUTE = timedelta(minutes=1)
QUOTED = 'Dit : "reason":"" et "late_reason":"" ; 50 % \\ [x]_'
"""Words that look like the stored text of a content."""


@dataclass(frozen=True)
class Step:
    """Something that somebody writes, so many minutes after what came before."""

    kind: EntryKind
    wait: int
    gap: int
    reason: str
    text: str
    corrects: int
    is_flagged: bool
    is_erased: bool
    is_after_closing: bool


STEPS = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from((EntryKind.DECISION, EntryKind.SITUATION_REPORT, *TYPED)),
        wait=st.sampled_from([0, 1, 20, 59, 60, 61, 200]),
        gap=st.sampled_from([0, 0, 0, 16, 90, 3000]),
        reason=st.sampled_from(["", "Le plus sûr", QUOTED]),
        text=st.sampled_from(["Un fait", QUOTED]),
        corrects=st.integers(-8, 12),
        is_flagged=st.booleans(),
        is_erased=st.integers(0, 9).map(lambda one: one == 0),
        is_after_closing=st.integers(0, 9).map(lambda one: one == 0),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_what_is_counted_is_what_every_entry_says(cpts: Cpts, by: Account, steps: list[Step]) -> None:
    with db.session.begin_nested() as savepoint:
        crisis = a_crisis(cpts, by)
        live(crisis, steps, by)
        read = list(db.session.scalars(sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id)))
        now = max((one.entered_at for one in read), default=NOON) + 30 * MINUTE
        with db.session.no_autoflush:
            found = {one.key: one for one in figures(Debrief(cpts=cpts, crisis=crisis), now)}
        check(found, read)
        check_silences(found[FigureKey.SILENCES], crisis, read, now)
        savepoint.rollback()


def live(crisis: Crisis, steps: list[Step], by: Account) -> None:
    """Write it all, then what reaches the annex once the log is closed."""
    at = NOON
    main = [one for one in steps if not one.is_after_closing]
    for number, one in enumerate(main, start=1):
        at += one.wait * MINUTE
        write(crisis, one, by, at, one.corrects if 0 < one.corrects < number else None)
    db.session.execute(sa.update(Crisis).where(Crisis.id == crisis.id).values(closed_at=at))
    db.session.refresh(crisis)
    for one in steps:
        if one.is_after_closing:
            write(crisis, one, by, at + 5 * MINUTE, one.corrects if 0 < one.corrects <= len(main) else None)


def write(crisis: Crisis, step: Step, by: Account, at: datetime, corrects: int | None) -> None:
    late = "Sans réseau" if step.gap > crisis.late_after_minutes else ""
    written = Written(
        EntryKind.CORRECTION if corrects else step.kind,
        step.text,
        happened_at=at - step.gap * MINUTE,
        reason=step.reason,
        late_reason=late,
        corrects=corrects,
    )
    entry = append_entry(crisis, written, by=by, at=at)
    if step.is_flagged and crisis.closed_at is None:
        mark(entry, note="À comprendre", by=by, at=at)
    if step.is_erased and crisis.closed_at is None:
        erasing.erase_content(entry, ordered_by="Tribunal", by=by, at=at)


def check(found: dict[FigureKey, Figure], read: list[LogbookEntry]) -> None:
    """Each figure against a plain reading, entry after entry."""
    decided = [one for one in read if one.kind is EntryKind.DECISION]
    wanted = {
        FigureKey.ENTRIES: read,
        FigureKey.DECISIONS: decided,
        FigureKey.WITHOUT_REASON: [one for one in decided if one.is_without_reason],
        FigureKey.LATE: [one for one in read if one.said.late_reason],
        FigureKey.FLAGGED: [one for one in read if one.flag],
        FigureKey.MESSAGES: [one for one in read if one.kind is EntryKind.MESSAGE],
        FigureKey.SITUATION_REPORTS: [one for one in read if one.kind is EntryKind.SITUATION_REPORT],
    }
    for key, entries in wanted.items():
        assert first_number(found[key].value) == len(entries), key
        beside = corrections(read, entries) if key in (FigureKey.DECISIONS, FigureKey.WITHOUT_REASON) else set()
        assert set(found[key].entries) == cited(entries) | beside, key
        in_annex = sum(one.part is Part.ANNEX for one in entries)
        assert (f"dont {in_annex} " in found[key].value) == bool(in_annex and key is not FigureKey.FLAGGED), key


def corrections(read: list[LogbookEntry], entries: list[LogbookEntry]) -> set[Cited]:
    """What corrects one of these, or corrects a correction of one."""
    main = {one.number: one for one in read if one.part is Part.MAIN}
    found = set()
    for one in read:
        above = one
        while above.corrects:
            above = main[above.corrects]
            if above in entries:
                found.add(Cited(one.part, one.number))
    return found


def check_silences(figure: Figure, crisis: Crisis, read: list[LogbookEntry], now: datetime) -> None:
    """What the database leaves out holds no silence."""
    until = crisis.closed_at or now
    written = [(one.entered_at, one.number) for one in read if one.part is Part.MAIN]
    whole = silences(written, 60 * MINUTE, since=crisis.opened_at, until=until) if crisis.silence_minutes else []
    assert len(figure.lines) == len(whole)
    assert [{cited.number for cited in line.entries} for line in figure.lines] == [
        {number for number in (one.after, one.before) if number} for one in whole
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 90), max_size=12), st.integers(1, 90))
def test_no_silence_is_lost_where_entries_are_not_read(cpts: Cpts, by: Account, waits: list[int], minutes: int) -> None:
    with db.session.begin_nested() as savepoint:
        crisis, at, written = a_crisis(cpts, by), NOON, []
        for wait in waits:
            at += wait * MINUTE
            written.append((at, append_entry(crisis, Written(EntryKind.INFORMATION, "Un fait"), by=by, at=at).number))
        until = at + 45 * MINUTE
        stretch = minutes * MINUTE
        some = silences(reckoning.written(crisis, stretch), stretch, since=NOON, until=until)
        assert some == silences(written, stretch, since=NOON, until=until)
        savepoint.rollback()
