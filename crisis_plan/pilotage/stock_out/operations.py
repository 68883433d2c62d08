"""Material leaves the stock for a crisis: movements of the stock and one entry that tells them, all or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import movements
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.anticipation.stock.rules import is_expired
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.stock_out.models import CrisisMovement
from crisis_plan.web.formats import number, short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.models import StockBatch

LONGEST_NOTE = 300
GONE = "Ce lot vient d’être retiré du stock."


class NothingTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Écrivez une quantité devant au moins un lot."


class LinesRefused(RuleBroken):
    """`why`: what the stock refuses of each of these batches."""

    status = 422

    def __init__(self, why: Mapping[uuid.UUID, str]) -> None:
        self.why = why

    def __str__(self) -> str:
        return "Des quantités sont refusées\u00a0: rien n’est sorti, vérifiez les lignes signalées."


def hand_out(
    cpts: Cpts,
    crisis: Crisis,
    quantities: Mapping[uuid.UUID, int],
    *,
    given_to: str,
    takes_expired: bool = False,
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> LogbookEntry:
    """Take these quantities out of these batches today. Raises `CrisisClosed`, `NothingTaken`, `LinesRefused`.

    What has expired leaves only when that is said (`takes_expired`), and the entry says it too. An exercise moves
    nothing: its entry says what would have left.
    """
    hold_open(crisis)
    wanted = {batch_id: quantity for batch_id, quantity in quantities.items() if quantity}
    if not wanted:
        raise NothingTaken
    chosen, today = _chosen(cpts, wanted), clock.local(at, cpts).date()
    if not takes_expired and (expired := {one.id: _expired(one) for one in chosen if is_expired(one, today)}):
        raise LinesRefused(expired)
    words = [_line(batch, wanted[batch.id], today) for batch in chosen]
    taken = [] if crisis.is_exercise else _taken(cpts, crisis, chosen, wanted, given_to, by=by, at=at)
    said = Written(EntryKind.ACTION_DONE, _in_words(crisis, words), recipient=given_to, client_key=key)
    entry = append_entry(crisis, said, by=by, at=at)
    for movement_id in taken:
        db.session.add(
            CrisisMovement(crisis_id=crisis.id, movement_id=movement_id, entry_id=entry.id, given_to=given_to)
        )
    db.session.flush()
    return entry


def _chosen(cpts: Cpts, wanted: Mapping[uuid.UUID, int]) -> list[StockBatch]:
    """The batches that these lines name, in one order for everybody. Raises `LinesRefused` when one is gone."""
    there = {batch.id: batch for item in stock.items(cpts) for batch in item.batches}
    if missing := {batch_id: GONE for batch_id in wanted if batch_id not in there}:
        raise LinesRefused(missing)
    return sorted((there[batch_id] for batch_id in wanted), key=lambda batch: (batch.item_id, batch.position))


def _taken(
    cpts: Cpts,
    crisis: Crisis,
    chosen: Sequence[StockBatch],
    wanted: Mapping[uuid.UUID, int],
    given_to: str,
    *,
    by: Account,
    at: datetime,
) -> list[uuid.UUID]:
    """The movements, written. Raises `LinesRefused` with what the stock says of every line that it refuses."""
    today = clock.local(at, cpts).date()
    note = f"{crisis.name}, {given_to}"[:LONGEST_NOTE] if given_to else crisis.name
    made, why = [], {}
    for batch in chosen:
        try:
            made.append(movements.take_out(batch, wanted[batch.id], on=today, note=note, by=by, at=at).id)
        except RuleBroken as refusal:
            why[batch.id] = str(refusal)
    if why:
        raise LinesRefused(why)
    return made


def _in_words(crisis: Crisis, words: Sequence[str]) -> str:
    said = "Matériel sorti (simulé, le stock ne bouge pas)" if crisis.is_exercise else "Matériel sorti du stock"
    return f"{said}\u00a0: {' ; '.join(words)}."


def _line(batch: StockBatch, quantity: int, today: date) -> str:
    """« 5 × Masques FFP2 (boîte de 50), lot B03, périmé le 28/02/2026 »."""
    unit = f" ({batch.item.unit})" if batch.item.unit else ""
    label = f", lot {batch.label}" if batch.label else ""
    expired = f", périmé le {short_date(batch.expires_on)}" if is_expired(batch, today) else ""
    return f"{number(quantity)} × {batch.item.name}{unit}{label}{expired}"


def _expired(batch: StockBatch) -> str:
    return f"Ce lot est périmé depuis le {short_date(batch.expires_on)}\u00a0: prenez-en un autre, ou confirmez en bas."
