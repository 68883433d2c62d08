"""Of those who save the same thing at the same moment, one wins; each other is shown what is stored now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date
from threading import Barrier
from typing import Any, TypeVar

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from tests.browser import Browser
from tests.factories import NOON, ContactFactory, InstitutionFactory, member

WRITERS = 6
Row = TypeVar("Row")
Act = Callable[[int], dict[str, Any]]
"""What the writer of this rank types."""


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def writers(app: Flask, cpts: Cpts) -> list[Browser]:
    """As many referents of one CPTS, who also run the installation."""
    accounts = [member(cpts, Role.REFERENT) for _ in range(WRITERS)]
    for account in accounts:
        account.is_operator = True
    db.session.commit()
    return [Browser(app, account, cpts) for account in accounts]


def stored(row: Row) -> Row:
    db.session.add(row)
    db.session.commit()
    return row


def all_at_once(writers: list[Browser], endpoint: str, typed: Act, **values: object) -> list[TestResponse]:
    """Everyone posts from a thread of their own, from the same moment."""
    start = Barrier(len(writers))
    address = writers[0].address(endpoint, **values)
    tokens = [writer.csrf_token() for writer in writers]
    db.session.rollback()

    def post(rank: int) -> TestResponse:
        fields = {"csrf_token": tokens[rank], **typed(rank)}
        start.wait(timeout=60)
        send = writers[rank].client.post
        return Context().run(send, address, data=fields, headers={"Sec-Fetch-Site": "same-origin"}, buffered=True)

    with ThreadPoolExecutor(len(writers)) as threads:
        return list(threads.map(post, range(len(writers))))


def one_wins(writers: list[Browser], endpoint: str, typed: Act, **values: object) -> list[str]:
    """The pages of those who did not; everyone had seen version 1."""
    answers = all_at_once(writers, endpoint, lambda rank: {"seen_version": "1", **typed(rank)}, **values)
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: len(writers) - 1}
    db.session.expire_all()
    return [answer.get_data(as_text=True) for answer in answers if answer.status_code == 409]


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
