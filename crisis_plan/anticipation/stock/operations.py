"""Keeping the stock: items and batches. What comes in and goes out is in `movements`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import bulk, ledger, queries
from crisis_plan.anticipation.stock.descriptions import (
    BatchDescription,
    BatchMarks,
    ItemDescription,
    StockLine,
    folded_name,
)
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.anticipation.stock.refusals import BatchGone
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

__all__ = ["BatchGone"]

ITEM = "stock_item"
BATCH = "stock_batch"


class NameTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Un article porte déjà ce nom\u00a0: ajoutez-lui plutôt un lot, ou choisissez un autre nom."


def add_item(
    cpts: Cpts, description: ItemDescription, *, batch: BatchDescription | None = None, by: Account, at: datetime
) -> StockItem:
    """Add an item, with a first batch where its quantity is known; one that was removed comes back.

    Raises `NameTaken` or `Unnamed`.
    """
    hold(cpts)
    name = folded_name(description.name)
    item = queries.item_named(cpts, name)
    if item and not item.removed_at:
        raise NameTaken
    if item:
        _bring_back(item, description, at)
    else:
        item = StockItem(cpts_id=cpts.id, folded_name=name, created_at=at, updated_at=at, **vars(description))
        db.session.add(item)
    db.session.flush()
    history.record(history.Verb.CREATED, ITEM, item.id, cpts_id=cpts.id, by=by, at=at)
    if batch:
        _append(item, batch, by=by, at=at)
    db.session.flush()
    return item


def edit_item(
    cpts: Cpts, item: StockItem, description: ItemDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Change what an item is. Raises `Stale`, `NameTaken` or `Unnamed`."""
    hold(cpts)
    take(item, seen_version)
    name = folded_name(description.name)
    twin = queries.item_named(cpts, name)
    if twin and twin is not item:
        _give_up_name(twin)
    fields = _write(item, vars(description))
    if fields:
        item.folded_name = name
        ledger.touch(item, at)
        history.record(history.Verb.CHANGED, ITEM, item.id, cpts_id=cpts.id, by=by, at=at, fields=fields)
        db.session.flush()


def remove_item(item: StockItem, *, by: Account, at: datetime) -> None:
    """Take an item out of the stock, with its batches; their movements stay. Nothing when it is out already."""
    ledger.hold_with_batches(item)
    if item.removed_at:
        return
    for batch in item.batches:
        batch.removed_at = at
    item.removed_at = at
    ledger.touch(item, at)
    history.record(history.Verb.REMOVED, ITEM, item.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()


def add_batch(item: StockItem, description: BatchDescription, *, by: Account, at: datetime) -> StockBatch:
    """Add a batch after those of the item, with the first quantity that is known of it."""
    ledger.hold_with_batches(item)
    batch = _append(item, description, by=by, at=at)
    ledger.touch(item, at)
    history.record(history.Verb.CREATED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()
    return batch


def edit_batch(batch: StockBatch, marks: BatchMarks, *, seen_version: int, by: Account, at: datetime) -> None:
    """Change what tells a batch from another; its quantity changes by a movement.

    Raises `BatchGone`, and `Stale` when the item or another batch changed since `seen_version`.
    """
    item = ledger.hold_item_of(batch)
    take(item, seen_version)
    fields = _write(batch, vars(marks))
    if fields:
        ledger.touch(item, at)
        history.record(history.Verb.CHANGED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at, fields=fields)
        db.session.flush()


def remove_batch(batch: StockBatch, *, by: Account, at: datetime) -> None:
    """Take a batch out of its item: used up, lost, or destroyed. Its movements stay. Raises `BatchGone`."""
    item = ledger.hold_item_of(batch)
    batch.removed_at = at
    ledger.touch(item, at)
    history.record(history.Verb.REMOVED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()
    db.session.expire(item, ["batches"])


def import_stock(cpts: Cpts, lines: Iterable[StockLine], *, by: Account, at: datetime) -> None:
    """Bring in the lines of a spreadsheet; the import that calls it records itself in the history.

    What happens to an item that was in the stock already is in its own history too.
    """
    hold(cpts)
    for item_id in bulk.merge(cpts, lines, by=by, at=at):
        history.record(history.Verb.IMPORTED, ITEM, item_id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()


def _append(item: StockItem, description: BatchDescription, *, by: Account, at: datetime) -> StockBatch:
    batch = StockBatch(position=ledger.next_position(item), **vars(description.marks))
    item.batches.append(batch)
    db.session.flush()
    ledger.open_batch(batch, description.quantity, by=by, at=at)
    return batch


def _bring_back(item: StockItem, description: ItemDescription, at: datetime) -> None:
    """As it is described now, without its former batches; its movements are still told on its page."""
    hold(item)
    _write(item, vars(description))
    item.removed_at = None
    ledger.touch(item, at)
    db.session.expire(item, ["batches"])


def _give_up_name(twin: StockItem) -> None:
    """An item that was removed leaves its name to who takes it. Raises `NameTaken` when it is still there."""
    if not twin.removed_at:
        raise NameTaken
    twin.folded_name = str(twin.id)
    db.session.flush()


def _write(row: StockItem | StockBatch, wanted: dict[str, object]) -> list[str]:
    """Put the description into the row; the names of the fields that it changed."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return changed
