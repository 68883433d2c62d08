"""Of those who save the same thing at the same moment, one wins; each other is shown what is stored now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.places.models import Place
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.risks.models import Risk
from crisis_plan.adaptation.risks.rules import RiskKind
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from tests.browser import Browser
from tests.factories import NOON, ContactFactory, InstitutionFactory
from tests.promises.at_once import WRITERS, Act, all_at_once, each_at_once, one_wins

Row = TypeVar("Row")
pytestmark = pytest.mark.usefixtures("noon")


def stored(row: Row) -> Row:
    db.session.add(row)
    db.session.commit()
    return row


def item(cpts: Cpts) -> StockItem:
    made = StockItem(cpts_id=cpts.id, name="Gants", folded_name="gants", created_at=NOON, updated_at=NOON)
    made.batches = [StockBatch(position=1, label="L7")]
    return stored(made)


def referent_duty(cpts: Cpts) -> ReferentDuty:
    contact = ContactFactory(cpts_id=cpts.id)
    return stored(
        ReferentDuty(
            cpts_id=cpts.id, contact_id=contact.id, rank=Rank.TITULAR, starts_on=date(2026, 1, 1), created_at=NOON
        )
    )


def cell_duty(cpts: Cpts) -> CellDuty:
    function = stored(CellFunction(cpts_id=cpts.id, position=1, name="Liaison"))
    contact = ContactFactory(cpts_id=cpts.id)
    return stored(
        CellDuty(
            function_id=function.id,
            contact_id=contact.id,
            rank=Rank.TITULAR,
            starts_on=date(2026, 1, 1),
            created_at=NOON,
        )
    )


WRITTEN = {"created_at": NOON, "updated_at": NOON}


def level(cpts: Cpts, number: int = 1) -> Level:
    name = f"Niveau {number}"
    return stored(Level(cpts_id=cpts.id, position=number, name=name, folded_name=name.lower(), **WRITTEN))


def arrangement(cpts: Cpts, number: int = 1) -> Arrangement:
    line = Arrangement(cpts_id=cpts.id, kind=ArrangementKind.NEED, position=number, what=f"Besoin {number}", **WRITTEN)
    return stored(line)


def card(cpts: Cpts, number: int = 1) -> ActionCard:
    return stored(ActionCard(cpts_id=cpts.id, position=number, title=f"Fiche {number}", **WRITTEN))


def cell_function(cpts: Cpts) -> CellFunction:
    return stored(CellFunction(cpts_id=cpts.id, position=1, name="Liaison"))


def risk(cpts: Cpts) -> Risk:
    return stored(Risk(cpts_id=cpts.id, kind=RiskKind.OWN, name="Crue", folded_name="crue", **WRITTEN))


def place(cpts: Cpts) -> Place:
    return stored(Place(cpts_id=cpts.id, name="Gymnase", folded_name="gymnase", **WRITTEN))


def steps(cpts: Cpts) -> list[CardStep]:
    kept = card(cpts)
    phase = Phase.FIRST_HOUR
    for number in range(5):
        step = CardStep(phase=phase, phase_rank=phase.rank, position=number, text=f"Étape {number}")
        kept.steps.append(step)
    db.session.commit()
    return kept.steps_of(phase)


def five(one: Callable[[Cpts, int], Row]) -> Callable[[Cpts], list[Row]]:
    """Five lines of a list, in order."""
    return lambda cpts: [one(cpts, number) for number in range(1, 6)]


def day(rank: int) -> str:
    return f"2027-01-{rank + 1:02}"


def test_a_batch_is_protected_by_the_version_of_its_item(writers: list[Browser], cpts: Cpts) -> None:
    batch = item(cpts).batches[0]
    one_wins(writers, "cpts.stock.save_batch", lambda rank: {"label": f"LOT-{rank}"}, batch_id=batch.id)
    assert batch.label.startswith("LOT-")
    assert batch.item.version == 2


def test_the_others_are_shown_the_batch_that_won(writers: list[Browser], cpts: Cpts) -> None:
    batch = item(cpts).batches[0]
    losers = one_wins(writers, "cpts.stock.save_batch", lambda rank: {"label": f"LOT-{rank}"}, batch_id=batch.id)
    assert all(batch.label in page for page in losers)


def test_an_item_changed_at_once_has_one_new_name(writers: list[Browser], cpts: Cpts) -> None:
    made = item(cpts)
    losers = one_wins(writers, "cpts.stock.save", lambda rank: {"name": f"Gants {rank}"}, item_id=made.id)
    assert made.version == 2
    assert all(made.name in page for page in losers)


def test_batches_added_at_once_all_stay_and_each_counts(writers: list[Browser], cpts: Cpts) -> None:
    made = item(cpts)
    answers = all_at_once(writers, "cpts.stock.create_batch", lambda rank: {"quantity": str(rank)}, item_id=made.id)
    assert {answer.status_code for answer in answers} == {303}
    db.session.expire_all()
    assert made.version == 1 + WRITERS
    assert [batch.position for batch in made.batches] == list(range(1, WRITERS + 2))


def test_a_batch_removed_at_once_is_removed_once(writers: list[Browser], cpts: Cpts) -> None:
    made = item(cpts)
    answers = all_at_once(writers, "cpts.stock.remove_batch", lambda _: {}, batch_id=made.batches[0].id)
    assert {answer.status_code for answer in answers} <= {303, 404, 409}
    db.session.expire_all()
    assert (made.version, made.batches) == (2, [])


@pytest.mark.parametrize(
    ("duty_of", "endpoint"), [(referent_duty, "cpts.referents.save_end"), (cell_duty, "cpts.crisis_cell.save_duty_end")]
)
def test_a_duty_ended_at_once_has_one_last_day(
    writers: list[Browser], cpts: Cpts, duty_of: Callable[[Cpts], ReferentDuty | CellDuty], endpoint: str
) -> None:
    duty = duty_of(cpts)
    losers = one_wins(writers, endpoint, lambda rank: {"ends_on": day(rank)}, duty_id=duty.id)
    assert duty.version == 2
    assert duty.ends_on
    assert all(f"{duty.ends_on:%d/%m/%Y}" in page for page in losers)


@pytest.mark.parametrize(
    ("duty_of", "endpoint"), [(referent_duty, "cpts.referents.save"), (cell_duty, "cpts.crisis_cell.save_duty")]
)
def test_a_duty_corrected_at_once_is_corrected_once(
    writers: list[Browser], cpts: Cpts, duty_of: Callable[[Cpts], ReferentDuty | CellDuty], endpoint: str
) -> None:
    duty = duty_of(cpts)
    typed = {"contact": str(duty.contact_id), "rank": "titular", "starts_on": "2026-01-01"}
    losers = one_wins(writers, endpoint, lambda rank: {**typed, "ends_on": day(rank)}, duty_id=duty.id)
    assert duty.version == 2
    assert duty.ends_on
    assert all(f"{duty.ends_on:%d/%m/%Y}" in page for page in losers)


def test_a_rank_offered_at_once_to_several_people_is_held_by_one(writers: list[Browser], cpts: Cpts) -> None:
    function = stored(CellFunction(cpts_id=cpts.id, position=1, name="Liaison"))
    people = [str(ContactFactory(cpts_id=cpts.id).id) for _ in writers]
    db.session.commit()
    for endpoint, values in (
        ("cpts.referents.create", {}),
        ("cpts.crisis_cell.create_duty", {"function_id": function.id}),
    ):
        answers = all_at_once(
            writers,
            endpoint,
            lambda rank: {"contact": people[rank], "rank": "titular", "starts_on": "2026-01-01"},
            **values,
        )
        assert Counter(answer.status_code for answer in answers) == {303: 1, 422: WRITERS - 1}


def test_functions_moved_at_once_keep_each_its_own_place(writers: list[Browser], cpts: Cpts) -> None:
    functions = [stored(CellFunction(cpts_id=cpts.id, position=n, name=f"Fonction {n}")) for n in range(1, 6)]
    for direction in ("descendre", "monter"):
        all_at_once(
            writers, "cpts.crisis_cell.move_function", lambda _: {}, function_id=functions[2].id, direction=direction
        )
        db.session.expire_all()
        assert sorted(function.position for function in functions) == [1, 2, 3, 4, 5]


MOVED = {
    "cpts.levels.move": (five(level), "level_id"),
    "cpts.arrangements.move": (five(arrangement), "line_id"),
    "cpts.responses.move": (five(card), "card_id"),
    "cpts.responses.move_step": (steps, "step_id"),
}
"""The lists that people put in order, and what the address calls a line."""


@pytest.mark.parametrize("endpoint", MOVED)
def test_lines_moved_at_once_keep_each_its_own_place(writers: list[Browser], cpts: Cpts, endpoint: str) -> None:
    make, called = MOVED[endpoint]
    lines = make(cpts)
    positions, middle = sorted(line.position for line in lines), lines[2]
    for direction in ("descendre", "monter"):
        answers = all_at_once(writers, endpoint, lambda _: {}, **{called: middle.id}, direction=direction)
        assert {answer.status_code for answer in answers} == {303}
        db.session.expire_all()
        assert sorted(line.position for line in lines) == positions
        assert middle.position == positions[-1 if direction == "descendre" else 0]


REMOVED: dict[str, tuple[Callable[[Cpts], Any], str]] = {
    "cpts.levels.remove": (level, "level_id"),
    "cpts.arrangements.remove": (arrangement, "line_id"),
    "cpts.risks.remove": (risk, "risk_id"),
    "cpts.places.remove": (place, "place_id"),
    "cpts.responses.remove": (card, "card_id"),
    "cpts.crisis_cell.remove_function": (cell_function, "function_id"),
}


@pytest.mark.parametrize("endpoint", REMOVED)
def test_what_is_removed_at_once_is_removed_once(writers: list[Browser], cpts: Cpts, endpoint: str) -> None:
    make, called = REMOVED[endpoint]
    answers = Counter(
        answer.status_code for answer in all_at_once(writers, endpoint, lambda _: {}, **{called: make(cpts).id})
    )
    assert answers[303] == 1
    assert answers.keys() <= {303, 404, 409}
    removed = sa.select(sa.func.count()).select_from(history.HistoryEvent)
    assert db.session.scalar(removed.where(history.HistoryEvent.verb == history.Verb.REMOVED)) == 1


SAVED: dict[str, tuple[Callable[[Cpts], Any], str, str, dict[str, str]]] = {
    "cpts.levels.save": (level, "level_id", "name", {}),
    "cpts.arrangements.save": (arrangement, "line_id", "what", {"function": "", "place": ""}),
    "cpts.risks.save": (risk, "risk_id", "name", {"kind": "own"}),
    "cpts.responses.save": (card, "card_id", "title", {}),
}


@pytest.mark.parametrize("endpoint", SAVED)
def test_a_line_of_adaptation_saved_at_once_is_saved_once(writers: list[Browser], cpts: Cpts, endpoint: str) -> None:
    make, called, field, typed = SAVED[endpoint]
    row = make(cpts)
    losers = one_wins(writers, endpoint, lambda rank: {**typed, field: f"Texte {rank}"}, **{called: row.id})
    assert row.version == 2
    assert all(getattr(row, field) in page for page in losers)


@pytest.mark.parametrize("endpoint", ["cpts.levels", "cpts.arrangements", "cpts.responses"])
def test_who_moves_a_line_and_who_rewords_it_both_end(writers: list[Browser], cpts: Cpts, endpoint: str) -> None:
    make, called = MOVED[f"{endpoint}.move"]
    _, _, field, typed = SAVED[f"{endpoint}.save"]
    lines = make(cpts)

    saved = {**typed, "seen_version": "1", field: "Autre texte"}

    def act(rank: int) -> tuple[str, Act, dict[str, Any]]:
        where = {called: lines[2].id}
        if rank % 2:
            return f"{endpoint}.move", lambda _: {}, {**where, "direction": "descendre"}
        return f"{endpoint}.save", lambda _: saved, where

    answers = each_at_once(writers, act)
    assert Counter(answer.status_code for answer in answers)[500] == 0


def test_a_territory_and_an_institution_change_once(writers: list[Browser], cpts: Cpts) -> None:
    codes = ["30334", "30003", "30004", "30005", "30006", "30007", "30008"]
    one_wins(
        writers,
        "cpts.parameters.save_territory",
        lambda rank: {"departement": "30", "codes": codes[: rank + 2]},
    )
    assert cpts.version == 2
    institution = stored(InstitutionFactory())
    one_wins(
        writers,
        "installation.institutions.save",
        lambda rank: {"name": f"ARS {rank}", "region": "76"},
        institution_id=institution.id,
    )
    assert institution.version == 2
