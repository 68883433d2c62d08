from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, operations, queries
from crisis_plan.pilotage.calls.attempts import CalledBySomeone, NobodyLeft, NotedMeanwhile, Report
from crisis_plan.pilotage.calls.models import CallAttempt
from crisis_plan.pilotage.calls.operations import ListClosed, NobodyToCall
from crisis_plan.pilotage.calls.rules import CLAIM_LASTS, Outcome
from tests.factories import NOON, TODAY, member
from tests.pilotage.calls.factories import call_list, line_of, person

SOON = NOON + timedelta(minutes=1)


@pytest.fixture
def anne(cpts: Cpts) -> Account:
    account = member(cpts, Role.CELL_MEMBER)
    account.name = "Anne"
    db.session.commit()
    return account


@pytest.fixture
def luc(cpts: Cpts) -> Account:
    account = member(cpts, Role.CELL_MEMBER)
    account.name = "Luc"
    db.session.commit()
    return account


def test_a_list_of_nobody_is_refused(cpts: Cpts) -> None:
    with pytest.raises(NobodyToCall):
        call_list(cpts, [])


def test_a_person_chosen_twice_is_called_once_and_opening_is_in_the_history(cpts: Cpts) -> None:
    ada = person(cpts, "Ada")
    made = call_list(cpts, [ada, ada])
    assert [line.name for line in made.lines] == ["Camille ADA"]
    verbs = db.session.scalars(
        sa.select(history.HistoryEvent.verb).where(history.HistoryEvent.subject_id == str(made.id))
    ).all()
    assert verbs == [history.Verb.CREATED]


def test_who_calls_keeps_the_person_and_the_others_are_told_who_it_is(cpts: Cpts, anne: Account, luc: Account) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    attempts.claim(line, by=anne, at=NOON)
    with pytest.raises(CalledBySomeone, match="Anne appelle cette personne en ce moment"):
        attempts.claim(line, by=luc, at=SOON)
    attempts.claim(line, by=luc, at=NOON + CLAIM_LASTS)
    assert line.claimed_by is luc


def test_a_person_is_kept_longer_only_for_who_still_calls_them(cpts: Cpts, anne: Account, luc: Account) -> None:
    made = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    line, told = line_of(made, "Ada"), made.last_change + 1
    attempts.claim(line, by=anne, at=NOON)
    assert attempts.renew(line, by=anne, at=NOON + timedelta(minutes=9))
    assert not attempts.renew(line, by=luc, at=NOON + timedelta(minutes=9))
    assert made.last_change == told
    with pytest.raises(CalledBySomeone):
        attempts.claim(line, by=luc, at=NOON + timedelta(minutes=18))
    lapsed, told = NOON + timedelta(minutes=30), made.last_change
    assert attempts.renew(line, by=anne, at=lapsed)
    assert made.last_change == line.changed == told + 1
    attempts.let_go(line, by=anne)
    assert not attempts.renew(line, by=anne, at=lapsed)
    attempts.claim(line, by=luc, at=lapsed)
    assert not attempts.renew(line, by=anne, at=lapsed)
    assert line.claimed_by is luc


def test_who_goes_on_to_the_next_person_keeps_no_other(cpts: Cpts, anne: Account) -> None:
    made = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    attempts.claim(line_of(made, "Ada"), by=anne, at=NOON)
    attempts.record_attempt(line_of(made, "Bea"), Report(Outcome.NO_ANSWER), seen_attempts=0, by=None, at=NOON)
    later = NOON + CLAIM_LASTS
    line_of(made, "Ada").outcome = Outcome.WRONG_NUMBER
    assert attempts.claim_next(made, by=anne, at=later).name == "Camille BEA"
    assert not attempts.renew(line_of(made, "Ada"), by=anne, at=later)


def test_one_caller_calls_one_person_at_a_time(cpts: Cpts, anne: Account) -> None:
    made = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    attempts.claim(line_of(made, "Ada"), by=anne, at=NOON)
    attempts.claim(line_of(made, "Bea"), by=anne, at=SOON)
    db.session.expire_all()
    assert [line.claimed_by for line in made.lines] == [None, anne]
    assert attempts.claim_next(made, by=anne, at=SOON) is line_of(made, "Bea")


def test_the_next_person_is_one_not_tried_then_the_oldest_without_an_answer(
    cpts: Cpts, anne: Account, luc: Account
) -> None:
    made = call_list(
        cpts, [person(cpts, name) for name in ("Ada", "Bea", "Cyd", "Dan")] + [person(cpts, "Eve", phone="")]
    )
    for name, outcome, minutes in (
        ("Ada", Outcome.NO_ANSWER, 9),
        ("Bea", Outcome.NO_ANSWER, 4),
        ("Cyd", Outcome.WRONG_NUMBER, 1),
    ):
        at = NOON + timedelta(minutes=minutes)
        attempts.record_attempt(line_of(made, name), Report(outcome), seen_attempts=0, by=anne, at=at)
    later = NOON + timedelta(minutes=20)
    assert attempts.claim_next(made, by=anne, at=later).name == "Camille DAN"
    assert attempts.claim_next(made, by=luc, at=later).name == "Camille BEA"
    attempts.record_attempt(line_of(made, "Bea"), Report(Outcome.REACHED), seen_attempts=1, by=luc, at=later)
    assert attempts.claim_next(made, by=luc, at=later).name == "Camille ADA"
    attempts.record_attempt(line_of(made, "Ada"), Report(Outcome.REACHED), seen_attempts=1, by=luc, at=later)
    with pytest.raises(NobodyLeft):
        attempts.claim_next(made, by=luc, at=later)


def test_a_line_says_what_the_last_attempt_said_and_keeps_every_one(cpts: Cpts, anne: Account) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    attempts.claim(line, by=anne, at=NOON)
    attempts.record_attempt(line, Report(Outcome.REACHED, comes=True), seen_attempts=0, by=anne, at=SOON)
    assert (line.outcome, line.comes, line.answered_at, line.claimed_by_id) == (Outcome.REACHED, True, SOON, None)
    attempts.record_attempt(line, Report(Outcome.NO_ANSWER, note="Mauvaise ligne"), seen_attempts=1, by=anne, at=SOON)
    assert (line.outcome, line.comes, line.answered_at) == (Outcome.NO_ANSWER, None, None)
    db.session.expire(line, ["attempts"])
    assert {attempt.outcome for attempt in line.attempts} == {Outcome.REACHED, Outcome.NO_ANSWER}


def test_reached_again_the_first_time_counts(cpts: Cpts, anne: Account) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    attempts.record_attempt(line, Report(Outcome.REACHED), seen_attempts=0, by=anne, at=SOON)
    later = SOON + timedelta(hours=1)
    attempts.record_attempt(line, Report(Outcome.REACHED, comes=True), seen_attempts=1, by=anne, at=later)
    assert (line.answered_at, line.comes) == (SOON, True)


def test_a_result_noted_meanwhile_is_never_covered_unseen(cpts: Cpts, anne: Account, luc: Account) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    attempts.record_attempt(line, Report(Outcome.REACHED, comes=True), seen_attempts=0, by=None, at=NOON)
    with pytest.raises(NotedMeanwhile):
        attempts.record_attempt(line, Report(Outcome.NO_ANSWER), seen_attempts=0, by=luc, at=SOON)
    assert (line.outcome, line.comes) == (Outcome.REACHED, True)


def test_noting_what_a_person_said_on_calling_back_does_not_take_them_from_who_calls(
    cpts: Cpts, anne: Account, luc: Account
) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    attempts.claim(line, by=anne, at=NOON)
    attempts.record_attempt(line, Report(Outcome.REACHED), seen_attempts=0, by=luc, at=SOON)
    assert line.claimed_by_id == anne.id


def test_an_answer_said_twice_by_the_link_is_noted_once(cpts: Cpts) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    for at in (NOON, SOON):
        attempts.answer(line, Report(Outcome.REACHED, comes=True), at=at)
    attempts.answer(line, Report(Outcome.REACHED, comes=False), at=SOON)
    assert (line.attempts_count, line.comes, line.answered_at) == (2, False, NOON)


def test_once_closed_nothing_more_is_noted_and_nobody_is_kept(cpts: Cpts, anne: Account) -> None:
    made = call_list(cpts, [person(cpts, "Ada")])
    line = made.lines[0]
    attempts.claim(line, by=anne, at=NOON)
    operations.close(made, by=anne, at=SOON)
    db.session.commit()
    assert (made.closed_by, line.claimed_by_id) == (anne, None)
    for act in (
        lambda: attempts.claim(line, by=anne, at=SOON),
        lambda: attempts.claim_next(made, by=anne, at=SOON),
        lambda: attempts.let_go(line, by=anne),
        lambda: attempts.record_attempt(line, Report(Outcome.REACHED), seen_attempts=0, by=anne, at=SOON),
        lambda: attempts.answer(line, Report(Outcome.REACHED), at=SOON),
        lambda: operations.close(made, by=anne, at=SOON),
    ):
        with pytest.raises(ListClosed, match="close"):
            act()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CallAttempt)) == 0


def test_who_left_the_directory_stays_on_the_list_without_any_number(cpts: Cpts, anne: Account) -> None:
    ada = person(cpts, "Ada")
    made = call_list(cpts, [ada])
    directory.remove(ada, today=TODAY, by=anne, at=SOON)
    db.session.commit()
    db.session.expire_all()
    line = made.lines[0]
    assert (line.name, line.contact) == ("Camille ADA", None)
    with pytest.raises(NobodyLeft):
        attempts.claim_next(made, by=anne, at=SOON)


def test_changes_are_numbered_so_that_a_telephone_asks_only_for_the_new_ones(cpts: Cpts, anne: Account) -> None:
    made = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    attempts.claim(line_of(made, "Ada"), by=anne, at=NOON)
    db.session.commit()
    seen = made.last_change
    attempts.record_attempt(line_of(made, "Bea"), Report(Outcome.REACHED), seen_attempts=0, by=anne, at=SOON)
    db.session.commit()
    assert made.last_change == seen + 1
    changed = queries.changed_lines(made, seen, since=SOON, now=SOON)
    assert [line.name for line in changed] == ["Camille BEA"]
    let_go_at = NOON + CLAIM_LASTS
    expired = queries.changed_lines(made, made.last_change, since=SOON, now=let_go_at)
    assert [line.name for line in expired] == ["Camille ADA"]
    assert queries.changed_lines(made, made.last_change, since=let_go_at, now=let_go_at) == []
