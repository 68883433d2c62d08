"""What people type about the stock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import TextInput

from crisis_plan.anticipation.stock.descriptions import LONGEST_PACE, BatchDescription, BatchMarks, ItemDescription
from crisis_plan.anticipation.stock.typed import parse_expiry
from crisis_plan.web.fields import CreateForm, EditForm, Form, WholeNumberField, at_most, required
from crisis_plan.web.formats import number, short_date

if TYPE_CHECKING:
    from wtforms.form import BaseForm

    from crisis_plan.anticipation.stock.models import StockBatch, StockItem

NUMBER_KEYS = {"inputmode": "numeric", "autocomplete": "off"}


class QuantityField(WholeNumberField):
    """A quantity, shown as it is read: 1 200."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]).replace("\x00", "")
        return number(self.data)


class ExpiryField(Field):
    """An expiry date, or only a month: its last day."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data: date | None = parse_expiry(typed) if typed else None
        if typed and self.data is None:
            raise ValueError("Écrivez une date comme 31/12/2027, ou un mois comme 12/2027.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]).replace("\x00", "")
        return short_date(self.data)


def not_negative(_form: BaseForm, field: Field) -> None:
    """A validator: what is counted is never below zero."""
    if field.data is not None and field.data < 0:
        raise ValidationError("Une quantité ne peut pas être négative.")


def a_pace(_form: BaseForm, field: Field) -> None:
    """A validator: a number of months between two counts."""
    if field.data is not None and not 1 <= field.data <= LONGEST_PACE:
        raise ValidationError(f"Indiquez un nombre de mois de 1 à {LONGEST_PACE}.")


class ItemFields(Form):
    name = StringField(
        "Désignation", [required("Donnez un nom à l’article, comme «\u00a0Masques FFP2\u00a0»."), at_most(160)]
    )
    category = StringField("Catégorie", [at_most(80)], description="Par exemple EPI, Hygiène, Secours, Logistique.")
    unit = StringField(
        "Unité", [at_most(60)], description="Ce que l’on compte\u00a0: «\u00a0boîte de 50\u00a0», «\u00a0flacon\u00a0»."
    )
    threshold = QuantityField(
        "Seuil d’alerte",
        [not_negative],
        description="En dessous, l’article est signalé. Laissez vide pour ne pas être alerté.",
        render_kw=NUMBER_KEYS,
    )
    count_every_months = WholeNumberField(
        "Compter tous les combien de mois",
        [a_pace],
        description="Par exemple 6. Laissez vide pour ne pas être averti.",
        widget=TextInput(),
        render_kw=NUMBER_KEYS,
    )
    keeper = StringField("Qui s’en occupe", [at_most(160)])
    note = TextAreaField("Remarque", [at_most(2_000)])

    def description(self) -> ItemDescription:
        return ItemDescription(**{name: self[name].data for name in ItemDescription.__dataclass_fields__})


class BatchMarksFields(Form):
    place = StringField(
        "Lieu", [at_most(160)], description="Où c’est rangé. N’apparaît que dans l’édition restreinte du plan."
    )
    label = StringField("Lot", [at_most(80)], description="Le numéro imprimé sur l’emballage, s’il y en a un.")
    expires_on = ExpiryField(
        "Péremption",
        description="Une date comme 31/12/2027, ou un mois comme 12/2027.",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def marks(self) -> BatchMarks:
        return BatchMarks(**{name: self[name].data for name in BatchMarks.__dataclass_fields__})


class BatchFields(BatchMarksFields):
    quantity = QuantityField(
        "Quantité",
        [InputRequired("Indiquez la quantité comptée, même si elle est de 0."), not_negative],
        render_kw=NUMBER_KEYS,
    )

    def batch(self) -> BatchDescription:
        return BatchDescription(**{name: self[name].data for name in BatchDescription.__dataclass_fields__})


class AddItemForm(ItemFields, BatchFields, CreateForm):
    """An item and, where it is already known, its first count."""

    quantity = QuantityField("Quantité", [not_negative], render_kw=NUMBER_KEYS)

    def validate_quantity(self, field: Field) -> None:
        has_a_batch = self.place.data or self.label.data or self.expires_on.data
        if has_a_batch and field.data is None and not field.errors:
            raise ValidationError("Indiquez aussi la quantité\u00a0: un lieu, un lot ou une péremption vont avec elle.")

    def first_batch(self) -> BatchDescription | None:
        return None if self.quantity.data is None else self.batch()


class ItemForm(ItemFields, EditForm):
    @classmethod
    def of(cls, item: StockItem) -> ItemForm:
        return cls(formdata=None, obj=item, seen_version=item.version)

    def beside(self, item: StockItem) -> list[tuple[str, Any]]:
        """Field by field, what is stored."""
        return [(name, getattr(item, name)) for name in ItemDescription.__dataclass_fields__]


class AddBatchForm(BatchFields, CreateForm):
    pass


class BatchForm(BatchMarksFields, EditForm):
    """What tells a batch from another; its quantity changes by a movement."""

    @classmethod
    def of(cls, batch: StockBatch) -> BatchForm:
        return cls(formdata=None, obj=batch, seen_version=batch.item.version)

    def beside(self, batch: StockBatch) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        return [
            ("place", batch.place, self.place.data),
            ("label", batch.label, self.label.data),
            ("expires_on", short_date(batch.expires_on), short_date(self.expires_on.data)),
        ]
