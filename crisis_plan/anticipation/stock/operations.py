"""Keeping the stock: items, and the batches that hold their quantity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import bulk, queries
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription, StockLine, folded_name
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

ITEM = "stock_item"
BATCH = "stock_batch"


class NameTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Un article porte déjà ce nom\u00a0: ajoutez-lui plutôt un lot, ou choisissez un autre nom."


class BatchGone(RuleBroken):
    def __str__(self) -> str:
        return "Ce lot vient d’être retiré par quelqu’un d’autre\u00a0: revenez à l’article."


def add_item(
    cpts: Cpts, description: ItemDescription, *, batch: BatchDescription | None = None, by: Account, at: datetime
) -> StockItem:
    """Add an item, with a first batch where its quantity is known. Raises `NameTaken` or `Unnamed`."""
    hold(cpts)
    name = folded_name(description.name)
    if queries.item_named(cpts, name):
        raise NameTaken
    item = StockItem(cpts_id=cpts.id, folded_name=name, created_at=at, updated_at=at, **vars(description))
    if batch:
        item.batches.append(StockBatch(position=1, **vars(batch)))
    db.session.add(item)
    db.session.flush()
    history.record(history.Verb.CREATED, ITEM, item.id, cpts_id=cpts.id, by=by, at=at)
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
        raise NameTaken
    fields = _write(item, vars(description))
    if fields:
        item.folded_name = name
        _touch(item, at)
        history.record(history.Verb.CHANGED, ITEM, item.id, cpts_id=cpts.id, by=by, at=at, fields=fields)
        db.session.flush()


def remove_item(item: StockItem, *, by: Account, at: datetime) -> None:
    """Take an item out of the stock, with its batches."""
    db.session.delete(item)
    history.record(history.Verb.REMOVED, ITEM, item.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()


def add_batch(item: StockItem, description: BatchDescription, *, by: Account, at: datetime) -> StockBatch:
    """Add a batch after those of the item."""
    _hold_with_batches(item)
    batch = StockBatch(position=next_position(item), **vars(description))
    item.batches.append(batch)
    _touch(item, at)
    db.session.flush()
    history.record(history.Verb.CREATED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()
    return batch


def edit_batch(
    batch: StockBatch, description: BatchDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Change a batch. Raises `BatchGone`, and `Stale` when the item or another batch changed since `seen_version`."""
    item = _hold_item_of(batch)
    take(item, seen_version)
    fields = _write(batch, vars(description))
    if fields:
        _touch(item, at)
        history.record(history.Verb.CHANGED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at, fields=fields)
        db.session.flush()


def remove_batch(batch: StockBatch, *, by: Account, at: datetime) -> None:
    """Take a batch out of its item: used up, lost, or destroyed."""
    item = _hold_item_of(batch)
    item.batches.remove(batch)
    _touch(item, at)
    history.record(history.Verb.REMOVED, BATCH, batch.id, cpts_id=item.cpts_id, by=by, at=at)
    db.session.flush()


def import_stock(cpts: Cpts, lines: Iterable[StockLine], *, by: Account, at: datetime) -> None:
    """Bring in the lines of a spreadsheet; the import that calls it records itself in the history.

    What happens to an item that was in the stock already is in its own history too.
    """
    hold(cpts)
    for item_id in bulk.merge(cpts, lines, at=at):
        history.record(history.Verb.IMPORTED, ITEM, item_id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()


def next_position(item: StockItem) -> int:
    return max((batch.position for batch in item.batches), default=0) + 1


def _hold_with_batches(item: StockItem) -> None:
    """Whoever changes the item's batches at the same moment comes before or after: the version counts both."""
    hold(item)
    db.session.expire(item, ["batches"])


def _hold_item_of(batch: StockBatch) -> StockItem:
    """The item, held, and the batch as it is now. Raises `BatchGone`."""
    item = batch.item
    _hold_with_batches(item)
    db.session.expire(batch)
    if batch not in item.batches:
        raise BatchGone
    return item


def _write(row: StockItem | StockBatch, wanted: dict[str, object]) -> list[str]:
    """Put the description into the row; the names of the fields that it changed."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return changed


def _touch(item: StockItem, at: datetime) -> None:
    item.version += 1
    item.updated_at = at
