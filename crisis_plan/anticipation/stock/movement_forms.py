"""What people type about what comes in and goes out."""

from __future__ import annotations

from datetime import date

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from crisis_plan.anticipation.stock.count_forms import COUNT_DAY
from crisis_plan.anticipation.stock.forms import NUMBER_KEYS, QuantityField, not_negative
from crisis_plan.anticipation.stock.kinds import Gesture
from crisis_plan.anticipation.stock.refusals import DayRefused
from crisis_plan.errors import RuleBroken
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, required


class MovementFields(CreateForm):
    quantity = QuantityField("Quantité", [InputRequired("Indiquez une quantité."), not_negative], render_kw=NUMBER_KEYS)
    happened_on = FrenchDateField("Quel jour", description="Laissez vide pour aujourd’hui.")
    note = StringField("Remarque", [at_most(300)], description="Pour qui, pourquoi. Jamais de nom de patient.")

    def day(self, today: date) -> date:
        return self.happened_on.data or today

    def refuse(self, refusal: RuleBroken) -> None:
        """Say a refusal of the stock beside the field that it is about."""
        field = self.happened_on if isinstance(refusal, DayRefused) else self.quantity
        field.errors = [str(refusal)]


class TakeOutForm(MovementFields):
    """« Sortir »: as short as it can be."""


class GestureForm(MovementFields):
    """Something comes in, is lost, counted, or carried to another place."""

    seen = IntegerField(widget=HiddenInput())
    """What the batch held when the page was opened: a count says that it found more or less than that."""
    place = StringField("Vers quel lieu", [required("Indiquez le lieu d’arrivée."), at_most(160)])

    def __init__(self, gesture: Gesture, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.gesture = gesture
        self.quantity.label.text = gesture.question
        if gesture is not Gesture.TRANSFER:
            del self.place
        if gesture is Gesture.COUNT:
            self.happened_on.description = COUNT_DAY
        else:
            del self.seen
