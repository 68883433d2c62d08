"""A count says what there was on its day: what is older is in it, what is later comes on top of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.stock import chapter, counting, movements, operations, queries
from crisis_plan.anticipation.stock.counting import Found, LinesRefused, MovedMeanwhile
from crisis_plan.anticipation.stock.descriptions import BatchDescription
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.anticipation.stock.refusals import (
    CountedAfter,
    CountedSince,
    LeftSince,
    NotEnough,
    NotFollowedYet,
    NotYet,
)
from crisis_plan.anticipation.stock.rules import CountState
from crisis_plan.db import db
from crisis_plan.document.blocks import Table, words
from crisis_plan.organisations.models import Cpts
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory

OPENED = NOON - timedelta(days=30)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def told(days: int, **more: Any) -> dict[str, Any]:
    """Something of so many days ago, written now."""
    return {"on": ago(days), "by": AccountFactory(), "at": NOON, **more}


def found(batch: StockBatch, counted: int, days: int) -> StockMovement:
    return counting.count(batch, counted, seen=batch.quantity, **told(days))


@pytest.fixture
def batch(cpts: Cpts) -> StockBatch:
    return batch_of(cpts, quantity=100, at=OPENED)


def test_a_count_of_an_earlier_day_keeps_what_went_out_after_it(batch: StockBatch) -> None:
    movements.take_out(batch, 20, **told(9))
    count = found(batch, 100, 10)
    assert (count.change, count.counted, batch.quantity, batch.counted_on) == (0, 100, 80, ago(10))
    found(batch, 78, 9)
    assert batch.quantity == 78


def test_a_page_of_counts_of_an_earlier_day_does_the_same(cpts: Cpts, batch: StockBatch) -> None:
    movements.take_out(batch, 20, **told(9))
    counting.count_several(cpts, {batch.id: Found(97, batch.quantity)}, **told(10))
    assert batch.quantity == 77


def test_a_mistake_that_was_undone_is_in_no_count(batch: StockBatch) -> None:
    mistaken = movements.take_out(batch, 20, **told(9))
    (undone,) = movements.reverse(mistaken, by=AccountFactory(), at=NOON)
    assert undone.happened_on == ago(9)
    assert found(batch, 100, 5).change == 0
    assert batch.quantity == 100


def test_nothing_older_than_a_count_is_written_after_it(batch: StockBatch) -> None:
    found(batch, 90, 5)
    for act in (
        lambda: movements.take_in(batch, 1, **told(6)),
        lambda: movements.take_out(batch, 1, **told(6)),
        lambda: movements.lose(batch, 1, **told(6)),
        lambda: movements.transfer(batch, 1, to="Remoulins", **told(6)),
        lambda: found(batch, 80, 6),
    ):
        with pytest.raises(CountedAfter, match="a été compté le 17/11/2026"):
            act()
    movements.take_out(batch, 1, **told(5))
    assert batch.quantity == 89


def test_a_transfer_does_not_enter_a_batch_that_was_counted_after_it(batch: StockBatch) -> None:
    there = movements.transfer(batch, 10, to="Remoulins", **told(20))
    found(there, 10, 5)
    with pytest.raises(CountedAfter, match=r"Remoulins.* a été compté le 17/11/2026"):
        movements.transfer(batch, 10, to="Remoulins", **told(6))
    assert there.quantity == 10


def test_nothing_is_written_before_the_first_quantity_that_is_known(batch: StockBatch) -> None:
    for act in (lambda: movements.take_in(batch, 1, **told(31)), lambda: found(batch, 1, 31)):
        with pytest.raises(NotFollowedYet, match="depuis le 23/10/2026"):
            act()


def test_what_goes_out_was_there_on_its_day(batch: StockBatch) -> None:
    movements.take_out(batch, 90, **told(9))
    movements.take_in(batch, 50, **told(2))
    with pytest.raises(NotEnough, match="Depuis le 12/11/2026"):
        movements.take_out(batch, 20, **told(10))
    with pytest.raises(LeftSince, match="plus que ce compte"):
        found(batch, 50, 10)
    assert batch.quantity == 60


def test_a_movement_that_was_counted_since_cannot_be_undone(batch: StockBatch) -> None:
    out = movements.take_out(batch, 20, **told(9))
    there = movements.transfer(batch, 10, to="Remoulins", **told(8))
    first, second = found(batch, 70, 5), found(there, 9, 4)
    departure = next(one for one in batch.movements if one.transfer_id)
    for older in (out, departure):
        with pytest.raises(CountedSince, match="comptez-le plutôt de nouveau"):
            movements.reverse(older, by=AccountFactory(), at=NOON)
    assert (batch.quantity, there.quantity) == (70, 9)
    for count in (first, second):
        movements.reverse(count, by=AccountFactory(), at=NOON)
    movements.reverse(out, by=AccountFactory(), at=NOON)
    assert (batch.quantity, there.quantity) == (90, 10)


def test_the_history_offers_to_undo_only_what_may_be(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts, quantity=100, at=OPENED)
    out = movements.take_out(batch, 20, **told(9))
    movements.transfer(batch, 1, to="Remoulins", **told(8))
    found(batch, 78, 5)
    db.session.commit()
    page = coordinator.get("cpts.stock.show", item_id=batch.item_id)
    assert page.links("#history a").keys() == {"Annuler ce mouvement : Comptage du 17/11/2026"}
    assert "saisi le 22 novembre 2026" in page.texts("#history tbody tr")[0]
    refused = coordinator.post("cpts.stock.reverse", movement_id=out.id)
    assert refused.status == 409
    assert "a été compté depuis, le 17/11/2026" in refused.text


def test_a_count_of_one_batch_says_that_it_moved_meanwhile(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    page = coordinator.get("cpts.stock.gesture_form", batch_id=batch.id, gesture="comptage")
    movements.take_out(batch, 3, **told(0))
    db.session.commit()
    refused = coordinator.submit(page, "main form", {"quantity": "9"})
    assert refused.status == 409
    assert "10 à l’ouverture de la page, 7 maintenant" in refused.texts("#quantity-error")[0]
    db.session.refresh(batch)
    assert batch.quantity == 7
    assert coordinator.submit(refused, "main form").status == 303
    db.session.refresh(batch)
    assert batch.quantity == 9


def test_a_count_that_saw_nothing_is_refused(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts)
    page = coordinator.post("cpts.stock.make_gesture", {"quantity": "9"}, batch_id=batch.id, gesture="comptage")
    assert page.status == 409
    with pytest.raises(MovedMeanwhile):
        counting.count(batch, 9, seen=None, **told(0))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (ago(6), "a été compté le 17/11/2026"),
        (ago(31), "a été compté le 17/11/2026"),
        (date(2090, 1, 1), "n’est pas encore venu"),
    ],
)
def test_a_refused_day_is_said_beside_it_and_nothing_typed_is_lost(coordinator: Browser, day: date, said: str) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts, at=OPENED)
    found(batch, 9, 5)
    db.session.commit()
    page = coordinator.get("cpts.stock.gesture_form", batch_id=batch.id, gesture="comptage")
    refused = coordinator.submit(page, "main form", {"quantity": "8", "happened_on": day.isoformat()})
    assert refused.status == 422
    assert said in refused.texts("#happened_on-error")[0]
    assert refused.html.select_one("#quantity")["value"] == "8"


def test_a_line_that_was_counted_later_is_said_and_nothing_is_saved(coordinator: Browser) -> None:
    assert coordinator.cpts
    gloves = batch_of(coordinator.cpts, "Gants", at=OPENED)
    masks = batch_of(coordinator.cpts, "Masques", 40, at=OPENED)
    found(gloves, 9, 5)
    db.session.commit()
    page = coordinator.get("cpts.stock.count_all")
    typed = {f"counted_{gloves.id.hex}": "8", f"counted_{masks.id.hex}": "39", "happened_on": ago(6).isoformat()}
    refused = coordinator.submit(page, "main form[method=post]", typed)
    assert refused.status == 422
    assert "a été compté le 17/11/2026" in refused.texts(f"#counted_{gloves.id.hex}-error")[0]
    assert refused.texts(f"#counted_{masks.id.hex}-error") == []
    assert len(db.session.scalars(sa.select(StockMovement)).all()) == 3
    with pytest.raises(LinesRefused):
        counting.count_several(coordinator.cpts, {gloves.id: Found(8, 9)}, **told(6))
    with pytest.raises(NotYet):
        counting.count_several(coordinator.cpts, {gloves.id: Found(8, 9)}, **told(-1))


def test_an_item_is_counted_when_each_of_its_batches_was(cpts: Cpts, batch: StockBatch) -> None:
    item = batch.item
    second = operations.add_batch(item, BatchDescription(5, "L2"), by=AccountFactory(), at=OPENED)
    operations.add_batch(item, BatchDescription(0, "L3"), by=AccountFactory(), at=OPENED)
    item.count_every_months = 6
    found(batch, 100, 20)
    assert [one.count for one in queries.held_items(cpts, TODAY)] == [CountState.NEVER]
    assert counted_in_annex(cpts) == [f"{ago(20):%d/%m/%Y}", "", ""]
    found(second, 5, 3)
    (held,) = queries.held_items(cpts, TODAY)
    assert (held.counted_on, held.count) == (ago(20), None)
    assert counted_in_annex(cpts) == [f"{ago(20):%d/%m/%Y}", f"{ago(3):%d/%m/%Y}", ""]
    movements.take_out(batch, 100, **told(0))
    assert queries.held_item(item, TODAY).counted_on == ago(3)


def counted_in_annex(cpts: Cpts) -> list[str]:
    db.session.expire_all()
    table = chapter.annex(cpts, TODAY).blocks[0]
    assert isinstance(table, Table)
    column = [one.heading for one in table.columns].index("Compté le")
    return [words(row.cells[column]) for row in table.rows]


def test_what_was_counted_in_part_says_so(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch = batch_of(coordinator.cpts, at=OPENED)
    operations.add_batch(batch.item, BatchDescription(5, "L2"), by=AccountFactory(), at=OPENED)
    found(batch, 10, 5)
    db.session.commit()
    page = coordinator.get("cpts.stock.show", item_id=batch.item_id)
    assert page.texts("#lots td[data-label=Compté]") == ["17/11/2026", "jamais"]
    assert "Dernier comptage en partie" in page.text
