"""Debriefs of the demonstration: one validated and shared, one being written, one that nobody began, one of a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.exercises.lessons import lesson_or_404
from crisis_plan.db import commit
from crisis_plan.demo import debrief_words as words
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT
from crisis_plan.demo.debrief_script import Found, decide, decided, evening, find, give_up, hold, typed
from crisis_plan.demo.fictional_acts import paper
from crisis_plan.evaluation.debriefs import comments, queries, texts
from crisis_plan.evaluation.debriefs.rules import Meeting
from crisis_plan.evaluation.debriefs.texts import WrittenHeading
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements import queries as listed
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Target
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.evaluation.room import addenda, opening, sharing, validating
from crisis_plan.opinions import lessons as taught_by
from crisis_plan.opinions import queries as opinions
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief

SUMMER_TEST, SCREENING = "Test de communication d’été", "Laboratoires fermés"


def tell_heatwave_debrief(cpts: Cpts, who: dict[str, Account], crisis: Crisis, *, today: date) -> None:
    """Three meetings, seven findings, three improvements and a refusal; validated, shared, completed by a dated part."""
    referent, coordinator = who[REFERENT], who[COORDINATION]
    debrief = _of(cpts, crisis)
    hold(debrief, words.AFTER_THE_HEATWAVE, by=coordinator)
    _find(cpts, who, debrief, words.HEATWAVE, by=coordinator, today=today)
    at = _after(debrief, 34)
    for figure, text in words.COMMENTS.items():
        comments.comment(debrief, figure, typed(text), seen=comments.mark_of_comment(None), by=coordinator, at=at)
    _conclude(debrief, words.LESSONS, by=coordinator, at=at)
    _validate(debrief, by=referent, at=_after(debrief, 50))
    at = _after(debrief, 52)
    sharing.share(debrief, with_ars=True, with_cpam=True, seen_version=debrief.version, by=referent, at=at)
    commit()  # printing reads what is committed, then takes the lock
    addenda.add(debrief, typed(words.ADDENDUM), by=referent, at=_after(debrief, 120))
    commit()


def tell_lesson(cpts: Cpts, who: dict[str, Account], *, today: date) -> None:
    """One lesson of the table-top exercise becomes an improvement."""
    table_top = next(one for one in exercises.exercises(cpts) if one.title.startswith("Canicule et coupure"))
    lesson = lesson_or_404(cpts, next(one.id for one in table_top.lessons if "clés" in one.text))
    answer = decided(cpts, words.FROM_A_LESSON, who, today=today)
    at = evening(table_top.planned_on + timedelta(days=9))
    improvements.decide(cpts, answer, lesson.source, by=who[COORDINATION], at=at)


def tell_debriefs(cpts: Cpts, who: dict[str, Account], fire: Crisis, *, today: date) -> None:
    """What followed the second version: how far improvements are, a test, the fire, an opinion taken up."""
    _move_on(cpts, who, today=today)
    _of_the_summer_test(cpts, who, today=today)
    _of_the_fire(cpts, who, fire, today=today)
    _of_the_table_top(cpts, who, today=today)
    opinion = next(one for one in opinions.opinions(cpts) if one.section_key == words.FROM_AN_OPINION.where.section)
    answer, at = decided(cpts, words.FROM_AN_OPINION, who, today=today), evening(today - timedelta(days=60))
    improvements.decide(cpts, answer, taught_by.source(opinion), by=who[COORDINATION], at=at)


def _move_on(cpts: Cpts, who: dict[str, Account], *, today: date) -> None:
    """The reliefs of the cell are under way, then put off; of the generator a letter was sent, and it is overdue."""
    relief = next(one for one in listed.still_open(cpts) if one.section_key == "cellule")
    started, put_off = words.MOVED_ON
    by, state = who[REFERENT], ImprovementState.IN_PROGRESS
    at = evening(today - timedelta(days=190))
    improvements.move(relief, state, typed(started), seen_version=relief.version, by=by, at=at)
    wanted = Decided(
        relief.text,
        Owner(relief.owner_account_id, relief.owner_name),
        today + timedelta(days=45),
        Target(relief.section_key, title=relief.target),
    )
    at = evening(today - timedelta(days=145))
    improvements.change(relief, wanted, seen_version=relief.version, by=by, at=at)
    at += timedelta(minutes=2)
    improvements.move(relief, state, typed(put_off), seen_version=relief.version, by=by, at=at)
    _letter(cpts, who, at=evening(today - timedelta(days=58)))


def _letter(cpts: Cpts, who: dict[str, Account], *, at: datetime) -> None:
    generator = next(one for one in listed.still_open(cpts) if one.section_key == "stock")
    name, by = "courrier-aux-mairies-fictif.pdf", who[CELL]
    letter = paper(
        "Groupe électrogène\u00a0: qui l’amène\u00a0?", "Courrier (fictif)", name, words.LETTER, signed_on=at.date()
    )
    state, seen = ImprovementState.IN_PROGRESS, generator.version
    improvements.move(generator, state, typed(words.NO_ANSWER), seen_version=seen, by=by, at=at, attachments=(letter,))


def _of_the_summer_test(cpts: Cpts, who: dict[str, Account], *, today: date) -> None:
    """One meeting was enough, and nobody outside reads it."""
    test = next(one for one in exercises.exercises(cpts) if one.title == SUMMER_TEST)
    by = who[COORDINATION]
    debrief = opening.open_of_exercise(cpts, test, by=by, at=evening(today - timedelta(days=139)))
    hold(debrief, words.AFTER_THE_TEST, by=by)
    for meeting in (Meeting.COLD, Meeting.PARTNERS):
        give_up(debrief, meeting, words.ONE_IS_ENOUGH, by=by, at=_after(debrief, 3))
    _find(cpts, who, debrief, words.SUMMER_TEST, by=by, today=today)
    _validate(debrief, by=who[REFERENT], at=_after(debrief, 36))


def _of_the_fire(cpts: Cpts, who: dict[str, Account], fire: Crisis, *, today: date) -> None:
    """Its meetings are over, its report was put off: two weak points wait for a decision, and the plan can be published."""
    by = who[COORDINATION]
    debrief = _of(cpts, fire)
    hold(debrief, words.AFTER_THE_FIRE, by=by)
    _find(cpts, who, debrief, words.FIRE, by=by, today=today)
    at = _after(debrief, 40)
    seen = comments.mark_of_comment(None)
    comments.comment(debrief, "late", typed(words.FIRE_COMMENT), seen=seen, by=by, at=at)
    owner, seen = Owner(by.id, by.name), texts.mark_of_course(debrief)
    texts.set_course(debrief, owner, today + timedelta(days=12), seen=seen, by=by, at=at)


def _of_the_table_top(cpts: Cpts, who: dict[str, Account], *, today: date) -> None:
    """A first meeting on the spot, then nothing: its other meetings are late, though nothing stands against validating."""
    found = queries.being_written(cpts)
    debrief = next(one for one in found if one.title == SCREENING)
    hold(debrief, words.AFTER_THE_SCREENING, by=who[COORDINATION])
    _find(cpts, who, debrief, words.SCREENING, by=who[COORDINATION], today=today)


def _find(
    cpts: Cpts, who: dict[str, Account], debrief: Debrief, told: Sequence[Found], *, by: Account, today: date
) -> None:
    """Written down once the cold meeting is told, decided once the partners’ one is."""
    at = _after(debrief, 16)
    written = [(find(cpts, debrief, one, by=by, at=at), one) for one in told]
    for finding, one in written:
        decide(cpts, debrief, finding, one, who, today=today, by=by, at=_after(debrief, 31))


def _conclude(debrief: Debrief, text: str, *, by: Account, at: datetime) -> None:
    seen = texts.mark_of_text(debrief, WrittenHeading.LESSONS)
    texts.write(debrief, WrittenHeading.LESSONS, typed(text), seen=seen, by=by, at=at)


def _validate(debrief: Debrief, *, by: Account, at: datetime) -> None:
    commit()  # validating reads what is committed, then takes the lock
    validating.validate(debrief, by=by, at=at)


def _of(cpts: Cpts, crisis: Crisis) -> Debrief:
    found = queries.of_crisis(cpts, crisis.id)
    if found is None:
        raise LookupError(crisis.name)
    return found


def _after(debrief: Debrief, days: int) -> datetime:
    return evening(debrief.over_on + timedelta(days=days))
