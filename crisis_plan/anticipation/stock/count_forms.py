"""A count sheet typed back: a number for each batch, nothing for those that were not counted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import Field, IntegerField
from wtforms.widgets import HiddenInput

from crisis_plan.anticipation.stock.counting import Found
from crisis_plan.anticipation.stock.forms import NUMBER_KEYS, QuantityField, not_negative
from crisis_plan.anticipation.stock.models import StockBatch
from crisis_plan.web.fields import CreateForm, FrenchDateField
from crisis_plan.web.formats import number, short_date

COUNTED, SEEN = "counted_", "seen_"
COUNT_DAY = "Laissez vide pour aujourd’hui. Ce qui est entré ou sorti après ce jour s’ajoute au compte ou s’en retire."
NOTHING = "Écrivez au moins un compte\u00a0: une case vide veut dire «\u00a0pas compté\u00a0»."
GONE = "Un lot que vous aviez compté vient d’être retiré du stock\u00a0: son compte n’est plus demandé."


class CountForm(CreateForm):
    """The day; the lines are added for the batches to be counted."""

    happened_on = FrenchDateField("Compté le", description=COUNT_DAY)

    def counted(self, batch: StockBatch) -> Field:
        return self[f"{COUNTED}{batch.id.hex}"]

    def found(self) -> dict[uuid.UUID, Found]:
        """What was typed, of an accepted form."""
        return {
            uuid.UUID(field.name.removeprefix(COUNTED)): Found(field.data, self._seen(field).data)
            for field in self
            if field.name.startswith(COUNTED) and field.data is not None
        }

    def say_moved(self, now: Mapping[uuid.UUID, int]) -> None:
        """Beside each line that moved, what happened; sending again keeps the count, over what is there now."""
        for batch_id, quantity in now.items():
            field = self[f"{COUNTED}{batch_id.hex}"]
            seen = self._seen(field)
            say_moved(field, seen, quantity)

    def say_refused(self, why: Mapping[uuid.UUID, str]) -> None:
        """Beside each of these lines, what the stock refuses of it."""
        for batch_id, sentence in why.items():
            self[f"{COUNTED}{batch_id.hex}"].errors = [sentence]

    def forgets(self, typed: Mapping[str, str]) -> bool:
        """Whether a count was typed for a batch that is no longer there."""
        return any(name.startswith(COUNTED) and value.strip() and name not in self for name, value in typed.items())

    def _seen(self, field: Field) -> Field:
        return self[field.name.replace(COUNTED, SEEN)]


def say_moved(counted: Field, seen: Field, now: int) -> None:
    """Beside a count, that its batch moved; sending again keeps the count, over what is there now."""
    was = f"{number(seen.data)} à l’ouverture de la page, " if seen.data is not None else ""
    counted.errors = [
        f"Ce lot a bougé pendant votre comptage\u00a0: {was}{number(now)} maintenant. "
        "Vérifiez, puis envoyez de nouveau pour garder votre compte."
    ]
    seen.data, seen.raw_data, seen.errors = now, None, []


def count_form(batches: Iterable[StockBatch], **kwargs: Any) -> CountForm:
    """The form for these batches, each with what is expected of it."""
    fields: dict[str, object] = {}
    for batch in batches:
        fields[f"{COUNTED}{batch.id.hex}"] = QuantityField(named(batch), [not_negative], render_kw=NUMBER_KEYS)
        fields[f"{SEEN}{batch.id.hex}"] = IntegerField(widget=HiddenInput(), default=batch.quantity)
    made: CountForm = type("CountOfTheseForm", (CountForm,), fields)(**kwargs)
    return made


def named(batch: StockBatch) -> str:
    """« Masques FFP2, lot A12, expire le 31/12/2027, Uzès »."""
    parts: Sequence[str] = (
        batch.item.name,
        f"lot {batch.label}" if batch.label else "",
        f"expire le {short_date(batch.expires_on)}" if batch.expires_on else "",
        batch.place,
    )
    return ", ".join(filter(None, parts))
