"""In the crisis room, what several people do at the same moment happens once, and the logbook tells it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import verification
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import WHOLE_TERRITORY, NeedKind
from crisis_plan.pilotage.situation_reports.models import SituationReport
from tests.browser import Browser
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.situation_reports.factories import a_draft
from tests.pilotage.tasks.factories import a_task
from tests.promises.at_once import WRITERS, all_at_once, one_wins

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def crisis(cpts: Cpts, writers: list[Browser]) -> Crisis:
    made = a_crisis(cpts, account(writers))
    db.session.commit()
    return made


def account(writers: list[Browser]) -> Account:
    by = writers[0].account
    assert by is not None
    return by


def told(crisis: Crisis) -> list[LogbookEntry]:
    """The log, whose chain holds."""
    db.session.expire_all()
    assert [verification.read_again(log).wrong for log in verification.logs(crisis.id)] == [""]
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id).order_by(LogbookEntry.number)
    return list(db.session.scalars(query))


Made = tuple[dict[str, Any], Callable[[], str]]
"""What the address names beside the crisis, and what is stored now."""


def of_frame(_: Cpts, crisis: Crisis, __: Account) -> Made:
    return {}, lambda: crisis.place


def of_level(_: Cpts, crisis: Crisis, __: Account) -> Made:
    return {}, lambda: f"Niveau actuel\u00a0: <strong>{crisis.level_name}</strong>"


def of_task(_: Cpts, crisis: Crisis, __: Account) -> Made:
    task = a_task(crisis)
    return {"task_id": task.id}, lambda: task.text


def of_need(_: Cpts, crisis: Crisis, by: Account) -> Made:
    need = needs.note(crisis, Need("", WHOLE_TERRITORY, NeedKind.STAFF, "Deux infirmières"), by=by, at=NOON)
    return {"need_id": need.id}, lambda: need.text


def of_draft(cpts: Cpts, crisis: Crisis, by: Account) -> Made:
    report = a_draft(cpts, crisis, by, at=NOON)
    return {"report_id": report.id}, lambda: report.said["besoins"]


LEVELS = ("Veille", "Pré-alerte", "Activation totale")
EDITED: dict[str, tuple[Callable[[Cpts, Crisis, Account], Made], Callable[[int], dict[str, str]], int]] = {
    "cpts.room.move": (of_frame, lambda rank: {"place": f"Salle {rank}"}, 1),
    "cpts.room.change_level": (
        of_level,
        lambda rank: {"level": LEVELS[rank % 3], "reason": f"Raison {rank}", "decided_by": "Pilote"},
        1,
    ),
    "cpts.crisis_tasks.save": (of_task, lambda rank: {"text": f"Appeler {rank}", "function": "", "care": ""}, 1),
    "cpts.needs.save": (
        of_need,
        lambda rank: {"text": f"Besoin {rank}", "commune_code": "", "kind": "staff", "care": ""},
        1,
    ),
    "cpts.situation_reports.save": (of_draft, lambda rank: {"besoins": f"Texte {rank}"}, 0),
}
"""What is changed, what each types, and how many entries tell it."""


@pytest.mark.parametrize("endpoint", EDITED)
def test_of_those_who_change_it_at_once_one_wins_and_is_told(
    writers: list[Browser], cpts: Cpts, crisis: Crisis, endpoint: str
) -> None:
    arrange, typed, entries = EDITED[endpoint]
    named, stored = arrange(cpts, crisis, account(writers))
    db.session.commit()
    before = len(told(crisis))
    losers = one_wins(writers, endpoint, typed, crisis_id=crisis.id, **named)
    assert len(told(crisis)) == before + entries
    assert all(stored() in page for page in losers)


def test_a_function_that_several_take_at_once_goes_to_one(writers: list[Browser], crisis: Crisis) -> None:
    function = a_function(crisis)
    db.session.commit()
    one_wins(writers, "cpts.crisis_functions.take", lambda _: {}, crisis_id=crisis.id, function_id=function.id)
    (entry,) = told(crisis)
    assert entry.kind is EntryKind.DUTY
    (shift,) = function.shifts
    assert shift.name in entry.said.text


def test_a_task_that_several_tick_at_once_is_done_once(writers: list[Browser], crisis: Crisis) -> None:
    task = a_task(crisis)
    db.session.commit()
    answers = all_at_once(
        writers, "cpts.crisis_tasks.tick", lambda _: {}, crisis_id=crisis.id, task_id=task.id, geste="faite"
    )
    assert {answer.status_code for answer in answers} == {303}
    (entry,) = told(crisis)
    assert (task.entry_number, entry.author_name) == (entry.number, task.changed_by_name)


def test_a_presence_that_several_confirm_at_once_is_noted_once(writers: list[Browser], crisis: Crisis) -> None:
    shift = a_shift(a_function(crisis), confirmed_at=None)
    db.session.commit()
    answers = all_at_once(
        writers, "cpts.crisis_functions.confirm", lambda _: {}, crisis_id=crisis.id, shift_id=shift.id
    )
    assert {answer.status_code for answer in answers} == {303}
    assert len(told(crisis)) == 1
    assert shift.confirmed_at == NOON


def test_a_crisis_that_several_open_at_once_is_opened_once(writers: list[Browser], cpts: Cpts) -> None:
    """The others are shown the one that was opened, and asked whether they join it."""
    typed = {"title": "Feu", "crisis_type": "ill", "level": "Activation partielle", "mode": "real"}
    answers = all_at_once(writers, "cpts.room.open", lambda _: typed)
    (crisis,) = db.session.scalars(sa.select(Crisis).where(Crisis.cpts_id == cpts.id)).all()
    asked = [answer for answer in answers if answer.status_code != 303]
    assert len(asked) == WRITERS - 1
    assert all(str(crisis.id) in answer.get_data(as_text=True) for answer in asked)
    assert told(crisis)


def test_a_crisis_that_several_end_at_once_ends_once(writers: list[Browser], crisis: Crisis) -> None:
    said = {"decided_by": "Pilote", "reason": "Plus aucun besoin."}
    for endpoint, typed, kind in (
        ("cpts.closing.stand_down", said, EntryKind.STAND_DOWN),
        ("cpts.closing.close", {"reason": ""}, EntryKind.CLOSING),
    ):
        answers = all_at_once(writers, endpoint, lambda _, typed=typed: typed, crisis_id=crisis.id)
        assert Counter(answer.status_code for answer in answers)[303] == 1
        assert [entry.kind for entry in told(crisis)].count(kind) == 1


def test_a_report_that_several_issue_at_once_is_issued_once(writers: list[Browser], cpts: Cpts, crisis: Crisis) -> None:
    report = a_draft(cpts, crisis, account(writers), at=NOON - timedelta(minutes=1))
    db.session.commit()
    answers = all_at_once(
        writers,
        "cpts.situation_reports.issue",
        lambda _: {"seen_version": "1", "known_entry": "0"},
        crisis_id=crisis.id,
        report_id=report.id,
    )
    assert Counter(answer.status_code for answer in answers)[303] == 1
    (entry,) = told(crisis)
    assert entry.kind is EntryKind.SITUATION_REPORT
    assert db.session.scalars(sa.select(SituationReport.number)).all() == [1]
