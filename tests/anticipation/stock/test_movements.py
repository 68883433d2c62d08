"""What comes in and goes out: the quantity is always the sum of what was written, and nothing written changes."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.stock import counting, movements, operations, queries
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.anticipation.stock.refusals import (
    BatchGone,
    NotAQuantity,
    NotEnough,
    NotReversible,
    NotYet,
    ReversedAlready,
    SamePlace,
    UsedSince,
)
from crisis_plan.anticipation.stock.rules import CountState, count_state, next_count
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory, member

PEOPLE = 6


def told(**more: Any) -> dict[str, Any]:
    return {"on": TODAY, "by": AccountFactory(), "at": NOON, **more}


def kinds(batch: StockBatch) -> list[tuple[str, int]]:
    rows = db.session.execute(
        sa.select(StockMovement.kind, StockMovement.change)
        .where(StockMovement.batch_id == batch.id)
        .order_by(StockMovement.recorded_at)
    )
    return [(kind.value, change) for kind, change in rows]


def test_each_gesture_writes_its_difference(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    movements.take_in(batch, 5, **told())
    movements.take_out(batch, 4, **told(note="Équipe mobile"))
    movements.lose(batch, 1, **told())
    counting.count(batch, 8, seen=batch.quantity, **told())
    counting.count(batch, 8, seen=batch.quantity, **told())
    assert Counter(kinds(batch)) == Counter(
        [("opening", 10), ("in", 5), ("out", -4), ("loss", -1), ("count", -2), ("count", 0)]
    )
    assert batch.quantity == 8


def test_more_than_there_is_cannot_go_out(cpts: Cpts) -> None:
    batch = batch_of(cpts, quantity=3)
    for gesture in (movements.take_out, movements.lose):
        with pytest.raises(NotEnough, match="Il n’en reste que 3"):
            gesture(batch, 4, **told())
    with pytest.raises(NotEnough):
        movements.transfer(batch, 4, to="Remoulins", **told())
    movements.take_out(batch, 3, **told())
    with pytest.raises(NotEnough, match="Il n’en reste plus"):
        movements.take_out(batch, 1, **told())
    assert batch.quantity == 0


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_not_a_movement_but_it_may_be_a_count(cpts: Cpts, quantity: int) -> None:
    batch = batch_of(cpts)
    for gesture in (movements.take_in, movements.take_out, movements.lose):
        with pytest.raises(NotAQuantity):
            gesture(batch, quantity, **told())
    assert counting.count(batch, 0, seen=batch.quantity, **told()).change == -10


def test_what_did_not_happen_yet_is_refused(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    with pytest.raises(NotYet):
        movements.take_out(batch, 1, **told(on=TODAY + timedelta(days=1)))


def test_a_transfer_joins_the_same_batch_at_its_place_or_makes_it(cpts: Cpts) -> None:
    batch = batch_of(cpts, expires_on=date(2028, 1, 31))
    there = movements.transfer(batch, 4, to="Mairie de Sernhac", **told())
    again = movements.transfer(batch, 2, to="mairie de SERNHAC", **told())
    assert again is there
    assert (batch.quantity, there.quantity) == (4, 6)
    assert (there.label, there.expires_on, there.item) == (batch.label, batch.expires_on, batch.item)
    with pytest.raises(SamePlace):
        movements.transfer(batch, 1, to="PHARMACIE D UZES", **told())


def test_a_movement_is_reversed_once_by_its_opposite(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    out = movements.take_out(batch, 4, **told())
    (undone,) = movements.reverse(out, by=AccountFactory(), at=NOON)
    assert (undone.kind, undone.change, undone.reverses_id, batch.quantity) == (MovementKind.REVERSAL, 4, out.id, 10)
    with pytest.raises(ReversedAlready):
        movements.reverse(out, by=AccountFactory(), at=NOON)
    with pytest.raises(NotReversible):
        movements.reverse(undone, by=AccountFactory(), at=NOON)


def test_reversing_one_side_of_a_transfer_reverses_both(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    there = movements.transfer(batch, 4, to="Remoulins", **told())
    arrival = db.session.scalars(sa.select(StockMovement).where(StockMovement.batch_id == there.id)).one()
    assert len(movements.reverse(arrival, by=AccountFactory(), at=NOON)) == 2
    assert (batch.quantity, there.quantity) == (10, 0)
    departure = db.session.scalars(
        sa.select(StockMovement).where(StockMovement.batch_id == batch.id, StockMovement.change == -4)
    ).one()
    with pytest.raises(ReversedAlready):
        movements.reverse(departure, by=AccountFactory(), at=NOON)


def test_what_came_in_and_went_out_again_cannot_be_reversed(cpts: Cpts) -> None:
    batch = batch_of(cpts, quantity=0)
    received = movements.take_in(batch, 5, **told())
    movements.take_out(batch, 3, **told())
    with pytest.raises(UsedSince):
        movements.reverse(received, by=AccountFactory(), at=NOON)
    there = movements.transfer(batch, 2, to="Remoulins", **told())
    movements.take_out(there, 1, **told())
    arrival = db.session.scalars(sa.select(StockMovement).where(StockMovement.transfer_id.is_not(None))).first()
    assert arrival is not None
    with pytest.raises(UsedSince):
        movements.reverse(arrival, by=AccountFactory(), at=NOON)


def test_nothing_moves_in_a_batch_that_was_removed(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    out = movements.take_out(batch, 4, **told())
    operations.remove_batch(batch, by=AccountFactory(), at=NOON)
    for act in (
        lambda: movements.take_in(batch, 1, **told()),
        lambda: movements.reverse(out, by=AccountFactory(), at=NOON),
    ):
        with pytest.raises(BatchGone):
            act()


def test_each_movement_is_in_the_history(cpts: Cpts) -> None:
    by = AccountFactory()
    batch = batch_of(cpts, by=by)
    movement = movements.take_out(batch, 4, **told(by=by))
    db.session.flush()
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject_id == str(movement.id))).one()
    assert (event.actor_id, event.cpts_id) == (by.id, cpts.id)


def test_counts_are_due_by_their_pace() -> None:
    assert next_count(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert next_count(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert next_count(None, 6) is None
    assert count_state(None, 6, TODAY) is CountState.NEVER
    assert count_state(date(2026, 5, 22), 6, TODAY) is CountState.DUE
    assert count_state(date(2026, 5, 23), 6, TODAY) is None
    assert count_state(date(2020, 1, 1), None, TODAY) is None


def test_a_reversed_count_is_no_count(cpts: Cpts) -> None:
    batch = batch_of(cpts)
    counted = counting.count(batch, 9, seen=10, **told())
    assert queries.held_item(batch.item, TODAY).counted_on == TODAY
    movements.reverse(counted, by=AccountFactory(), at=NOON)
    assert queries.held_item(batch.item, TODAY).counted_on is None
    (held,) = queries.held_items(cpts, TODAY)
    assert held.count is CountState.NEVER


@pytest.fixture
def moving_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_cell_member_takes_out_in_two_gestures_and_does_nothing_else(cell_member: Browser) -> None:
    assert cell_member.cpts
    batch = batch_of(cell_member.cpts)
    page = cell_member.get("cpts.stock.show", item_id=batch.item_id)
    page = cell_member.submit(page, "#lots form", {"quantity": "4"}).follow()
    assert page.texts("#lots td.numeric") == ["6"]
    assert "il en reste 6" in page.text
    assert page.texts("#history tbody th")[0] == "Sortie"
    assert cell_member.get("cpts.stock.gesture_form", batch_id=batch.id, gesture="entree").status == 403
    assert cell_member.get("cpts.stock.gesture_form", batch_id=batch.id, gesture="comptage").status == 403


def test_a_cell_member_undoes_their_own_mistake_of_the_day_and_no_other(cell_member: Browser) -> None:
    assert cell_member.cpts
    assert cell_member.account
    batch, me, now = batch_of(cell_member.cpts, by=cell_member.account), cell_member.account, clock.now()
    (first,) = batch.movements
    today = clock.today(cell_member.cpts)
    mine = movements.take_out(batch, 4, on=today, by=me, at=now)
    theirs = movements.take_out(batch, 1, on=today, by=AccountFactory(), at=now)
    received = movements.take_in(batch, 1, on=today, by=me, at=now)
    db.session.commit()
    page = cell_member.get("cpts.stock.show", item_id=batch.item_id)
    assert page.links("#history a").keys() == {f"Annuler ce mouvement : Sortie du {today:%d/%m/%Y}"}
    for other in (theirs, received, first):
        assert cell_member.get("cpts.stock.confirm_reversal", movement_id=other.id).status == 403
        assert cell_member.post("cpts.stock.reverse", movement_id=other.id).status == 403
    confirmed = cell_member.get("cpts.stock.confirm_reversal", movement_id=mine.id)
    assert cell_member.submit(confirmed, "main form").follow().texts("#lots td.numeric") == ["10"]


def test_what_a_cell_member_took_out_yesterday_is_for_the_keeper_of_the_stock(cell_member: Browser) -> None:
    assert cell_member.cpts
    assert cell_member.account
    yesterday = clock.now() - timedelta(days=1)
    batch = batch_of(cell_member.cpts, at=yesterday - timedelta(days=1))
    day = clock.local(yesterday, cell_member.cpts).date()
    out = movements.take_out(batch, 4, on=day, by=cell_member.account, at=yesterday)
    db.session.commit()
    assert "Annuler ce mouvement" not in cell_member.get("cpts.stock.show", item_id=batch.item_id).text
    assert cell_member.post("cpts.stock.reverse", movement_id=out.id).status == 403
    assert batch.quantity == 6


def test_sent_twice_it_goes_out_once(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    page = coordinator.get("cpts.stock.show", item_id=batch.item_id)
    answers = [coordinator.submit(page, "#lots form", {"quantity": "4"}) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    db.session.refresh(batch)
    assert batch.quantity == 6


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"quantity": "11"}, "quantity", "Il n’en reste que 10"),
        ({"quantity": ""}, "quantity", "Indiquez une quantité"),
        ({"quantity": "0"}, "quantity", "Indiquez une quantité de 1"),
        ({"quantity": "-2"}, "quantity", "ne peut pas être négative"),
        ({"quantity": "deux"}, "quantity", "Écrivez un nombre entier"),
        ({"quantity": "1", "happened_on": "2090-01-01"}, "happened_on", "n’est pas encore venu"),
        ({"quantity": "1", "note": "x" * 301}, "note", "300 caractères au plus"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    coordinator: Browser, typed: dict[str, str], field: str, said: str
) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    page = coordinator.post("cpts.stock.take_out", typed, batch_id=batch.id)
    assert page.status == 422
    assert said in page.texts(f"#{field}-error")[0]
    db.session.refresh(batch)
    assert batch.quantity == 10


@pytest.mark.parametrize(
    ("gesture", "typed", "left"),
    [
        ("entree", {"quantity": "5"}, [15]),
        ("perte", {"quantity": "2", "note": "Cartons mouillés"}, [8]),
        ("comptage", {"quantity": "0"}, [0]),
        ("deplacement", {"quantity": "3", "place": "Remoulins"}, [7, 3]),
    ],
)
def test_the_keeper_of_the_stock_does_the_rest(
    coordinator: Browser, gesture: str, typed: dict[str, str], left: list[int]
) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    form = coordinator.get("cpts.stock.gesture_form", batch_id=batch.id, gesture=gesture)
    page = coordinator.submit(form, "main form", typed).follow()
    assert page.texts("#lots td.numeric") == [str(one) for one in left]


def test_a_transfer_needs_another_place(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    for place, said in (("", "Indiquez le lieu d’arrivée"), (batch.place, "déjà à cet endroit")):
        page = coordinator.post(
            "cpts.stock.make_gesture", {"quantity": "1", "place": place}, batch_id=batch.id, gesture="deplacement"
        )
        assert page.status == 422
        assert said in page.texts("#place-error")[0]


def test_a_movement_is_reversed_from_the_history(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    out = movements.take_out(batch, 4, **told(note="Erreur de saisie"))
    db.session.commit()
    page = coordinator.get("cpts.stock.confirm_reversal", movement_id=out.id)
    assert "Erreur de saisie" in page.text
    shown = coordinator.submit(page, "main form").follow()
    assert shown.texts("#lots td.numeric") == ["10"]
    assert [words for words in shown.texts("#history th[scope=row]") if "Annulé" in words] != []
    assert coordinator.post("cpts.stock.reverse", movement_id=out.id).status == 409


def test_movements_come_in_pages_and_cost_the_same(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts, quantity=100)

    def cost() -> int:
        seen: list[str] = []

        def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", listen)
        try:
            assert coordinator.get("cpts.stock.show", item_id=batch.item_id).status == 200
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", listen)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    movements.take_out(batch, 1, **told())
    db.session.commit()
    few = cost()
    for _ in range(50):
        movements.take_out(batch, 1, **told())
    movements.transfer(batch, 2, to="Remoulins", **told())
    db.session.commit()
    assert cost() == few <= 12
    assert len(coordinator.get("cpts.stock.show", item_id=batch.item_id).texts("#history tbody tr")) == 50
    last = coordinator.get("cpts.stock.show", item_id=batch.item_id, page=2)
    assert len(last.texts("#history tbody tr")) == 4


def test_batches_and_movements_of_another_cpts_are_not_found(referent: Browser) -> None:
    batch = batch_of(CptsFactory())
    movement = db.session.scalars(sa.select(StockMovement)).one()
    assert referent.get("cpts.stock.take_out_form", batch_id=batch.id).status == 404
    assert referent.post("cpts.stock.take_out", {"quantity": "1"}, batch_id=batch.id).status == 404
    assert referent.get("cpts.stock.gesture_form", batch_id=batch.id, gesture="perte").status == 404
    assert referent.get("cpts.stock.confirm_reversal", movement_id=movement.id).status == 404
    assert referent.post("cpts.stock.reverse", movement_id=movement.id).status == 404


def all_at_once(people: list[Browser], addresses: list[str], fields: dict[str, str]) -> Counter[int]:
    start, tokens = Barrier(len(people)), [one.csrf_token() for one in people]
    db.session.rollback()

    def post(rank: int) -> int:
        start.wait(timeout=60)
        send = people[rank].client.post
        data = {"csrf_token": tokens[rank], **fields}
        return (
            Context()
            .run(send, addresses[rank], data=data, headers={"Sec-Fetch-Site": "same-origin"}, buffered=True)
            .status_code
        )

    with ThreadPoolExecutor(len(people)) as threads:
        return Counter(threads.map(post, range(len(people))))


@pytest.fixture
def people(app: Flask, cpts: Cpts) -> list[Browser]:
    accounts = [member(cpts, Role.REFERENT) for _ in range(PEOPLE)]
    db.session.commit()
    return [Browser(app, account, cpts) for account in accounts]


def test_the_same_boxes_are_not_taken_twice_at_once(people: list[Browser], cpts: Cpts, moving_day: None) -> None:
    batch = batch_of(cpts, quantity=10)
    address = people[0].address("cpts.stock.take_out", batch_id=batch.id)
    assert all_at_once(people, [address] * PEOPLE, {"quantity": "4"}) == {303: 2, 422: PEOPLE - 2}
    db.session.expire_all()
    assert batch.quantity == 2


def test_a_movement_is_reversed_once_by_people_at_once(people: list[Browser], cpts: Cpts, moving_day: None) -> None:
    batch = batch_of(cpts, quantity=10)
    out = movements.take_out(batch, 4, **told())
    db.session.commit()
    address = people[0].address("cpts.stock.reverse", movement_id=out.id)
    assert all_at_once(people, [address] * PEOPLE, {}) == {303: 1, 409: PEOPLE - 1}
    db.session.expire_all()
    assert batch.quantity == 10
