"""The heatwave of the demonstration: a logbook that holds together, and what its debrief taught came back in the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.anticipation.stock.models import StockMovement
from crisis_plan.db import db
from crisis_plan.demo.crisis_lines import FIRE as FIRE_LINES
from crisis_plan.demo.crisis_lines import Line
from crisis_plan.demo.crisis_script import working_day
from crisis_plan.demo.debrief_words import AFTER_THE_FIRE, AFTER_THE_HEATWAVE, FIRE, HEATWAVE
from crisis_plan.demo.heatwave_ebb import EBB
from crisis_plan.demo.heatwave_lines import RISE
from crisis_plan.demo.heatwave_peak import PEAK
from crisis_plan.document.blocks import Table
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
from crisis_plan.evaluation.debriefs.rules import COLD_WITHIN, PARTNERS_WITHIN, FindingKind, Meeting
from crisis_plan.evaluation.improvements.chapter import ANSWERED
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin, is_overdue
from crisis_plan.evaluation.room.validating import what_is_missing
from crisis_plan.identities import looks_like_nir, names_a_person
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedState
from crisis_plan.pilotage.stock_out.models import CrisisMovement
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.publication import queries as publication
from crisis_plan.publication.models import Publication
from tests.demonstration import demonstration

LINES = (*RISE, *PEAK, *EBB)
DAY = (8, 20)
"""The hours between which somebody is expected to write."""


@pytest.fixture(scope="module")
def demo() -> Iterator[Flask]:
    """The demonstration, only read."""
    with demonstration() as app, app.app_context():
        yield app


@pytest.fixture
def crisis(demo: Flask) -> Crisis:
    return db.session.scalars(sa.select(Crisis).where(Crisis.title == "Canicule")).one()


@pytest.fixture
def entries(crisis: Crisis) -> list[LogbookEntry]:
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id).order_by(LogbookEntry.number)
    return list(db.session.scalars(query))


@pytest.fixture
def debrief(crisis: Crisis) -> Debrief:
    return db.session.scalars(sa.select(Debrief).where(Debrief.crisis_id == crisis.id)).one()


def improvements() -> list[Improvement]:
    return list(db.session.scalars(sa.select(Improvement).order_by(Improvement.number)))


def test_it_is_the_first_crisis_between_the_two_versions(crisis: Crisis) -> None:
    query = sa.select(Crisis).where(Crisis.cpts_id == crisis.cpts_id, Crisis.mode == Mode.REAL).order_by(Crisis.number)
    first, second = db.session.scalars(query)
    assert (first, second.title) == (crisis, "Feu de garrigue au nord d’Uzès")
    assert [one.dated_on < crisis.opened_at.date() for one in sorted(versions(), key=lambda one: one.number or 0)] == [
        True,
        False,
    ]


def versions() -> list[Publication]:
    query = sa.select(Publication).where(Publication.number.is_not(None), Publication.kind == "published")
    return list(db.session.scalars(query))


def test_every_log_of_the_demonstration_verifies(demo: Flask) -> None:
    told = demo.test_cli_runner().invoke(args=["verify-logbooks"])
    assert told.exit_code == 0
    assert "Crise n°\u00a01 " in told.output
    assert told.output.rstrip().endswith("tous intacts.")


def test_some_hundred_and_seventy_entries_over_nine_days(crisis: Crisis, entries: list[LogbookEntry]) -> None:
    assert 150 <= len(entries) <= 180
    days = {clock.local(one.entered_at, crisis.cpts).date() for one in entries}
    assert max(days) - min(days) == timedelta(days=8)
    assert len(days) == 9


def test_three_decisions_have_no_reason_and_the_others_have_one(entries: list[LogbookEntry]) -> None:
    decisions = [one for one in entries if one.kind is EntryKind.DECISION]
    assert len(decisions) >= 15
    assert sum(one.is_without_reason for one in decisions) == 3
    assert all(one.said.decided_by for one in decisions)


def test_what_is_late_says_why_and_what_was_wrong_is_corrected(entries: list[LogbookEntry]) -> None:
    typed = {line.text for line in LINES if line.late}
    late = [one for one in entries if one.said.text in typed]
    assert len(late) == len(typed) >= 5
    assert len({one.said.late_reason for one in late}) == len(late)
    corrections = [one for one in entries if one.kind is EntryKind.CORRECTION]
    assert [one.corrected.number < one.number for one in corrections if one.corrected] == [True, True]


def test_three_silences_of_more_than_an_hour_by_day(crisis: Crisis, entries: list[LogbookEntry]) -> None:
    first, last = DAY
    moments = [clock.local(one.entered_at, crisis.cpts) for one in entries]
    found = [
        before
        for before, after in pairwise(moments)
        if before.date() == after.date()
        and before.hour >= first
        and after.hour <= last
        and after - before > timedelta(hours=1)
    ]
    assert len(found) == 3


def test_the_three_facts_and_the_act_that_recognises(crisis: Crisis) -> None:
    facts = db.session.scalars(sa.select(CrisisFact).where(CrisisFact.crisis_id == crisis.id)).all()
    assert len({one.kind for one in facts}) == len(facts) == 3
    assert [one.kind.value for one in facts if one.has_documents] == ["recognition"]


def test_the_level_was_raised_twice_then_lowered(entries: list[LogbookEntry]) -> None:
    said = [one.said.text for one in entries if one.kind is EntryKind.LEVEL]
    assert said == [
        "Niveau\u00a0: Pré-alerte → Activation partielle.",
        "Niveau\u00a0: Activation partielle → Activation totale.",
        "Niveau\u00a0: Activation totale → Activation partielle.",
    ]


def test_people_tasks_needs_and_stock_are_counted(crisis: Crisis) -> None:
    def of(model: type) -> list:
        return list(db.session.scalars(sa.select(model).where(model.crisis_id == crisis.id)))

    people = {one.person_key for one in of(TimeSpent)}
    assert 25 <= len(people) <= 35
    assert 8 <= len({one.action_key for one in of(ActionCarriedOut)}) <= 12
    states = Counter(one.state for one in of(CrisisTask))
    assert states[TaskState.DONE] >= 12
    assert states[TaskState.DROPPED] > 0
    assert states.keys() == {TaskState.DONE, TaskState.DROPPED}
    needs = Counter(one.state for one in of(CommuneNeed))
    assert needs == {NeedState.MET: 5, NeedState.HANDED_OVER: 1}
    assert len(of(CrisisMovement)) == 2
    moved = db.session.scalars(
        sa.select(StockMovement).join(CrisisMovement, CrisisMovement.movement_id == StockMovement.id)
    ).all()
    assert all(one.happened_on < clock.today(crisis.cpts) for one in moved)


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line.minutes))
def test_a_line_names_no_patient(line) -> None:
    words = " ".join([line.text, *map(str, line.said.values())])
    assert not looks_like_nir(words)
    assert not names_a_person(words)


@pytest.mark.parametrize("line", [*LINES, *FIRE_LINES], ids=lambda line: f"{line.minutes} {line.text[:9]}")
def test_a_line_is_set_with_no_break_spaces(line: Line) -> None:
    words = " ".join([line.text, *map(str, line.said.values())])
    assert re.findall(r" [;:?!»]|« |\d h \d| h\d|\d (?:h|°C)\b", words) == []


def test_no_word_of_a_debrief_names_a_patient() -> None:
    said = [f"{one.said} {one.validated} {one.refused}" for one in (*HEATWAVE, *FIRE)]
    notes = [one.notes for one in (*AFTER_THE_HEATWAVE, *AFTER_THE_FIRE)]
    assert [words for words in (*said, *notes) if looks_like_nir(words) or names_a_person(words)] == []


def test_its_debrief_is_validated_shared_and_completed(debrief: Debrief) -> None:
    assert debrief.is_validated
    assert debrief.is_shared_with_ars
    assert debrief.is_shared_with_cpam
    assert len(debrief.addenda) == 1
    assert {one.figure for one in debrief.comments} == {"tasks", "silences"}
    kinds = Counter(one.kind for one in debrief.findings)
    assert kinds == {FindingKind.STRONG: 3, FindingKind.WEAK: 4}
    assert all(one.entries and one.as_validated != one.as_said for one in debrief.findings)


def test_its_meetings_are_held_in_time_by_somebody_who_did_not_lead(debrief: Debrief) -> None:
    allowed = {Meeting.HOT: 4, Meeting.COLD: COLD_WITHIN.days, Meeting.PARTNERS: PARTNERS_WITHIN.days}
    days = {one.meeting: (one.held_on - debrief.over_on).days for one in debrief.meetings if one.held_on}
    assert days.keys() == allowed.keys()
    assert all(0 < days[meeting] <= allowed[meeting] for meeting in allowed)
    assert all(one.facilitator not in ("", "Claire Vidal") for one in debrief.meetings)


def test_every_meeting_of_a_debrief_is_held_on_a_working_day(demo: Flask) -> None:
    held = [one.held_on for one in db.session.scalars(sa.select(DebriefMeeting)) if one.held_on]
    assert len(held) == 8
    assert all(working_day(day) == day for day in held)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 7, 14), date(2026, 7, 15)),
        (date(2027, 5, 8), date(2027, 5, 10)),
        (date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_a_day_off_gives_way_to_the_next_working_day(day: date, moved: date) -> None:
    assert working_day(day) == moved


def test_each_weak_point_of_it_ends_in_an_improvement_or_a_refusal(debrief: Debrief) -> None:
    weak = [one for one in debrief.findings if one.kind is FindingKind.WEAK]
    states = [found.state for one in weak for found in one.improvements]
    assert states == [
        ImprovementState.DONE,
        ImprovementState.IN_PROGRESS,
        ImprovementState.IN_PROGRESS,
        ImprovementState.REFUSED,
    ]


def test_the_second_version_names_the_improvement_that_it_answers(debrief: Debrief) -> None:
    (answered,) = [one for one in improvements() if one.state is ImprovementState.DONE]
    current = next(one for one in versions() if one.number == 2)
    assert answered.publication_id == current.id
    frozen = publication.frozen(current)
    assert frozen
    tables = [one for chapter in frozen.chapters for one in chapter.blocks if isinstance(one, Table)]
    (table,) = [one for one in tables if one.caption == ANSWERED]
    assert [row.cells[1] for row in table.rows] == [answered.text]


def test_one_improvement_is_overdue_and_every_origin_is_there(debrief: Debrief) -> None:
    today = clock.today(debrief.cpts)
    assert [one.number for one in improvements() if is_overdue(one, today)] == [3]
    assert {one.origin for one in improvements()} == set(Origin) - {Origin.BY_HAND}


def test_the_other_debriefs_are_in_every_other_state(debrief: Debrief) -> None:
    written = {one.title: one for one in debriefs.being_written(debrief.cpts)}
    assert set(written) == {"Feu de garrigue au nord d’Uzès", "Laboratoires fermés"}
    fire, table_top = written["Feu de garrigue au nord d’Uzès"], written["Laboratoires fermés"]
    assert all(one.held_on for one in fire.meetings)
    assert fire.report_on > clock.today(debrief.cpts), "a debrief past its day would stop every publication"
    undecided = [one for one in fire.findings if one.kind is FindingKind.WEAK and not one.improvements]
    assert len(undecided) == len(what_is_missing(fire, clock.now())) == 2
    assert what_is_missing(table_top, clock.now()) == ()
    late = [one for one in table_top.meetings if not one.held_on]
    assert all(one.planned_on and one.planned_on < clock.today(debrief.cpts) for one in late)
    assert len(late) == 2
    (test,) = db.session.scalars(sa.select(Debrief).where(Debrief.exercise_id.is_not(None)))
    assert test.is_validated
    assert not test.is_shared_with_ars


def test_an_overdue_improvement_keeps_what_was_sent(debrief: Debrief) -> None:
    today = clock.today(debrief.cpts)
    assert [len(one.documents) for one in improvements() if is_overdue(one, today)] == [1]
