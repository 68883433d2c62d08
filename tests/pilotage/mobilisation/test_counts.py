"""The two counts: distinct people with time or an action, distinct actions of the plan (domain, section 10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory.repointing import repoint
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.mobilisation import acting, amending, operations, queries
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.pilotage.mobilisation.counts import NOT_SAID
from crisis_plan.pilotage.mobilisation.queries import PlayedNotReal
from crisis_plan.pilotage.mobilisation.refusals import (
    EndsBeforeItStarts,
    EndsInTheFuture,
    NoActionNamed,
    NobodyNamed,
    NoLongerInThePlan,
    NotYetDone,
    StartsInTheFuture,
)
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.mobilisation.factories import known, unknown, worked
from tests.pilotage.tasks.factories import a_card, a_task

HOUR = timedelta(hours=1)
LATER = NOON + 12 * HOUR


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    return a_crisis(cpts, account)


def test_a_person_counts_once_for_time_and_action(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    anne, paul = known(cpts), unknown()
    worked(crisis, account, NOON, NOON + 2 * HOUR, anne, paul)
    worked(crisis, account, NOON + 3 * HOUR, NOON + 4 * HOUR, anne)
    acting.record(cpts, crisis, Done(NOON, label="Tournée des isolés"), [anne], by=account, at=NOON)
    totals = queries.totals(crisis, LATER)
    assert (totals.professionals, totals.actions, totals.minutes) == (2, 1, 5 * 60)
    assert [(one.profession, one.people, one.minutes) for one in totals.by_profession] == [
        ("Infirmier", 1, 180),
        ("Médecin", 1, 120),
    ]


def test_someone_with_an_action_and_no_time_counts(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    acting.record(cpts, crisis, Done(NOON, label="Tournée"), [unknown(profession="")], by=account, at=NOON)
    (one,) = queries.totals(crisis, LATER).by_profession
    assert (one.profession, one.people, one.minutes) == (NOT_SAID, 1, 0)


def test_an_action_counts_once_however_often_and_however_written(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    card = a_card(cpts, "Canicule – visites")
    for done in (
        Done(NOON, card.id),
        Done(NOON + HOUR, card.id),
        Done(NOON, label="CANICULE VISITES"),
        Done(NOON, label="Tournée des isolés"),
        Done(NOON, label="tournee des isoles"),
    ):
        acting.record(cpts, crisis, done, (), by=account, at=LATER)
    assert [(line.label, len(line.times)) for line in queries.actions(crisis)] == [
        ("Canicule – visites", 3),
        ("Tournée des isolés", 2),
    ]


def test_a_card_that_leaves_the_plan_still_counts_once(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    card = a_card(cpts, "Canicule")
    acting.record(cpts, crisis, Done(NOON, card.id), (), by=account, at=NOON)
    acting.record(cpts, crisis, Done(NOON + HOUR, card.id), (), by=account, at=LATER)
    db.session.commit()
    db.session.delete(card)
    db.session.commit()
    (line,) = queries.actions(crisis)
    assert (line.label, line.card_id, len(line.times)) == ("Canicule", None, 2)


def test_a_person_who_leaves_the_directory_still_counts_once(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    anne = known(cpts)
    first, second = [worked(crisis, account, NOON + n * HOUR, NOON + (n + 1) * HOUR, anne)[0] for n in (0, 2)]
    for row in (first, second):
        row.contact_id = None
    db.session.flush()
    assert queries.totals(crisis, LATER).professionals == 1


def test_two_lines_of_the_directory_made_one_are_one_person(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    anne, twin = known(cpts), known(cpts, "Petit-Roux")
    worked(crisis, account, NOON, NOON + HOUR, anne, twin)
    assert queries.totals(crisis, LATER).professionals == 2
    assert twin.contact_id
    assert anne.contact_id
    repoint(twin.contact_id, to=anne.contact_id)
    assert queries.totals(crisis, LATER).professionals == 1


def test_what_is_withdrawn_is_read_and_not_counted(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    (time,) = worked(crisis, account, NOON, NOON + HOUR, unknown())
    action = acting.record(cpts, crisis, Done(NOON, label="Tournée"), [unknown()], by=account, at=NOON)
    for row in (time, action):
        for _ in range(2):
            amending.withdraw(crisis, row, "Erreur de nom", by=account, at=LATER)
    totals = queries.totals(crisis, LATER)
    assert (totals.professionals, totals.actions) == (0, 0)
    assert len(queries.page_of_times(crisis, 1).items) == 1
    assert len(queries.page_of_actions(crisis, 1).items) == 1
    assert logbook.last_number(crisis) == 4
    assert logbook.entry_or_404(crisis, 3).said.text == (
        "Retiré du compte (entrée n°\u00a01)\u00a0: temps de Paul Roux, le 22/11/2026 de 13:00 à 14:00."
    )


def test_an_exercise_is_counted_for_itself_and_refused_to_a_claim(cpts: Cpts, account: Account) -> None:
    played, real = a_crisis(cpts, account, mode=Mode.EXERCISE), a_crisis(cpts, account)
    for one in (played, real):
        worked(one, account, NOON, NOON + HOUR, unknown())
    assert queries.totals(played, LATER).professionals == 1
    assert queries.counts_for_claim(real, LATER).professionals == 1
    with pytest.raises(PlayedNotReal):
        queries.counts_for_claim(played, LATER)


def test_a_shift_of_several_is_one_entry(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    rows = worked(crisis, account, NOON, NOON + 2 * HOUR, known(cpts), unknown())
    assert {row.entry_number for row in rows} == {logbook.last_number(crisis)} == {1}
    entry = logbook.entry_or_404(crisis, 1)
    assert entry.kind is EntryKind.DUTY
    assert entry.said.text == (
        "Temps de travail le 22/11/2026 de 13:00 à 15:00\u00a0: Anne PETIT (Infirmier), Paul Roux (Médecin)."
    )


def test_beginning_twice_is_one_time_that_one_gesture_ends(crisis: Crisis, account: Account) -> None:
    first = operations.begin(crisis, unknown(), by=account, at=NOON)
    assert operations.begin(crisis, unknown(), by=account, at=NOON + HOUR) is first
    assert queries.totals(crisis, NOON + HOUR).minutes == 60
    operations.finish(crisis, [first], ends_at=NOON + 2 * HOUR, by=account, at=NOON + 2 * HOUR)
    assert operations.finish(crisis, [first], ends_at=LATER, by=account, at=LATER) == []
    assert queries.totals(crisis, LATER).minutes == 120
    assert logbook.last_number(crisis) == 2


def test_time_without_an_end_counts_until_the_closing(crisis: Crisis, account: Account) -> None:
    operations.begin(crisis, unknown(), by=account, at=NOON)
    crisis.closed_at = NOON + 3 * HOUR
    db.session.flush()
    assert queries.totals(crisis, LATER).minutes == 180


def test_what_cannot_have_happened_is_refused(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    def note(starts: int, ends: int | None, *people: object) -> None:
        ends_at = None if ends is None else NOON + ends * HOUR
        operations.note_time(
            crisis, [unknown() for _ in people], starts_at=NOON + starts * HOUR, ends_at=ends_at, by=account, at=NOON
        )

    for refusal, starts, ends, people in (
        (NobodyNamed, -2, -1, ()),
        (StartsInTheFuture, 1, None, ("Paul",)),
        (EndsInTheFuture, -1, 1, ("Paul",)),
        (EndsBeforeItStarts, -1, -2, ("Paul",)),
    ):
        with pytest.raises(refusal):
            note(starts, ends, *people)
    gone = a_card(cpts, "Retirée")
    db.session.delete(gone)
    db.session.flush()
    for why, done in (
        (NoActionNamed, Done(NOON, label=" – ")),
        (NotYetDone, Done(NOON + HOUR, label="Tournée")),
        (NoLongerInThePlan, Done(NOON, gone.id)),
    ):
        with pytest.raises(why):
            acting.record(cpts, crisis, done, (), by=account, at=NOON)
    assert logbook.last_number(crisis) == 0


def test_a_closed_crisis_takes_nothing(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    (time,) = worked(crisis, account, NOON, None, unknown())
    crisis.closed_at = LATER
    db.session.flush()
    with pytest.raises(CrisisClosed):
        operations.begin(crisis, unknown("Autre"), by=account, at=LATER)
    with pytest.raises(CrisisClosed):
        operations.finish(crisis, [time], ends_at=LATER, by=account, at=LATER)
    with pytest.raises(CrisisClosed):
        amending.withdraw(crisis, time, "Erreur", by=account, at=LATER)
    with pytest.raises(CrisisClosed):
        acting.record(cpts, crisis, Done(NOON, label="Tournée"), (), by=account, at=LATER)


def test_a_namesake_is_a_doubt_that_a_person_settles(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    anne, written = known(cpts), unknown("Petit Anne", "infirmière")
    worked(crisis, account, NOON, NOON + HOUR, anne)
    worked(crisis, account, NOON, NOON + HOUR, written)
    found = board(crisis, LATER)
    assert found.totals.professionals == 2
    (doubt,) = found.doubts
    assert doubt.text == (
        "Anne PETIT (Infirmier, annuaire) et Petit Anne (Infirmier, hors annuaire) sont comptés deux fois\u00a0: "
        "est-ce la même personne\u00a0?"
    )
    kept, other = ({line.key: line for line in found.people}[key] for key in (doubt.kept, doubt.other))
    amending.join(crisis, kept, other, by=account, at=LATER)
    again = board(crisis, LATER)
    assert (again.totals.professionals, again.totals.minutes) == (1, 60)
    assert [one.text for one in again.doubts] == [
        "Anne PETIT\u00a0: des temps se chevauchent, ils ne comptent qu’une fois."
    ]


def test_long_and_early_times_are_asked_about(crisis: Crisis, account: Account) -> None:
    worked(crisis, account, NOON - HOUR, NOON + 17 * HOUR, unknown())
    assert [one.text.split("\u00a0: ")[1] for one in board(crisis, LATER + 24 * HOUR).doubts] == [
        "plus de 16\u00a0h sans arrêt, vérifiez le début et la fin.",
        "un temps commence avant l’ouverture de la crise.",
    ]


def test_a_card_whose_tasks_are_done_is_proposed_until_it_counts(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    card, other = a_card(cpts, "Canicule"), a_card(cpts, "Feu")
    for state, of in (("done", card), ("done", card), ("to_do", other)):
        a_task(crisis, card_id=of.id, card_title=of.title, state=state, changed_at=NOON)
    (proposed,) = board(crisis, LATER).proposals
    assert (proposed.title, proposed.done, proposed.happened_at) == ("Canicule", 2, NOON)
    acting.record(cpts, crisis, Done(NOON, card.id), (), by=account, at=LATER)
    assert board(crisis, LATER).proposals == []
