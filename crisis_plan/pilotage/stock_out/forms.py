"""What leaves the stock: a quantity for each batch, nothing for those that stay."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, StringField

from crisis_plan.anticipation.stock.count_forms import named
from crisis_plan.anticipation.stock.forms import NUMBER_KEYS, QuantityField, not_negative
from crisis_plan.web.fields import CreateForm, at_most
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.models import StockBatch

TAKEN = "taken_"


class HandOutForm(NobodyNamed, CreateForm):
    """To whom; the lines are added for the batches that are there."""

    given_to = StringField(
        "Remis à, où", [at_most(160)], description="Une équipe, un lieu, une mairie. Jamais le nom d’un patient."
    )

    takes_expired = BooleanField("Sortir quand même ce qui est périmé\u00a0: le journal le dira")

    def taken(self, batch: StockBatch) -> Field:
        return self[f"{TAKEN}{batch.id.hex}"]

    def quantities(self) -> dict[uuid.UUID, int]:
        """What was typed, of an accepted form."""
        lines = (field for field in self if field.name.startswith(TAKEN) and field.data)
        return {uuid.UUID(field.name.removeprefix(TAKEN)): field.data for field in lines}

    def say_refused(self, why: Mapping[uuid.UUID, str]) -> None:
        """Beside each of these lines, what the stock refuses of it."""
        for batch_id, sentence in why.items():
            if (name := f"{TAKEN}{batch_id.hex}") in self:
                self[name].errors = [sentence]


def hand_out_form(batches: Iterable[StockBatch], **kwargs: Any) -> HandOutForm:
    """The form for these batches."""
    fields = {
        f"{TAKEN}{batch.id.hex}": QuantityField(named(batch), [not_negative], render_kw=NUMBER_KEYS)
        for batch in batches
    }
    made: HandOutForm = type("HandOutOfTheseForm", (HandOutForm,), fields)(**kwargs)
    return made
