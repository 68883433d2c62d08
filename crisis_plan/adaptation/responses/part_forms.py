"""What people write of the material, the contacts and the messages of a card."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.adaptation.responses.parts import (
    ContactDescription,
    MaterialDescription,
    MessageDescription,
    PartRefused,
)
from crisis_plan.anticipation.directory.choosing import Chooser
from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.web.fields import CreateForm, EditForm, Form, WholeNumberField, at_most, required
from crisis_plan.web.formats import number

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

LONGEST_MESSAGE = 2_000


@dataclass(frozen=True)
class PartChoices:
    """What a CPTS has to choose from."""

    chooser: Chooser
    items: Sequence[StockItem] = ()
    functions: Sequence[CellFunction] = ()


class PartFields(Form):
    """What the three forms have in common."""

    def refuse(self, refusal: PartRefused) -> None:
        """Put the refusal beside the field that it is about, the first one where it is about all."""
        visible = next(name for name in self._fields if name not in ("csrf_token", "creation_key", "seen_version"))
        self[refusal.field or visible].errors = [str(refusal)]


class MaterialFields(PartFields):
    """An item of the stock, and how much."""

    item = SelectField("Article du stock", [required("Choisissez un article du stock.")])
    quantity = WholeNumberField(
        "Quantité", description="Dans l’unité de l’article.", render_kw={"inputmode": "numeric"}
    )

    def __init__(self, offered: PartChoices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item.choices = [
            SelectChoice("", "Choisissez un article"),
            *(SelectChoice(str(item.id), f"{item.name} ({item.unit})" if item.unit else item.name)
              for item in offered.items),
        ]  # fmt: skip

    def validate_quantity(self, field: Field) -> None:
        if field.data is not None and field.data < 1:
            raise ValidationError("Une quantité commence à 1\u00a0: laissez vide si elle n’est pas connue.")

    def description(self) -> MaterialDescription:
        """What the accepted form says."""
        return MaterialDescription(uuid.UUID(self.item.data), self.quantity.data)

    def beside(self, part: CardMaterial) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        names = {one.value: one.label for one in self.item.choices}
        return [
            ("item", part.item.name, names.get(self.item.data, "")),
            ("quantity", number(part.quantity), number(self.quantity.data)),
        ]

    @staticmethod
    def stored(part: CardMaterial) -> dict[str, Any]:
        return {"item": str(part.item_id), "quantity": part.quantity}


class ContactFields(PartFields, ChoosingForm):
    """Whom to call, and where the number comes from."""

    label = StringField(
        "Qui appeler",
        [required("Dites qui appeler, comme «\u00a0SAMU, régulation\u00a0»."), at_most(160)],
        description="Une fonction ou un service, pas un nom\u00a0: «\u00a0SAMU, régulation\u00a0».",
    )
    function = SelectField("Fonction de la cellule", description="Qui la tient ce jour-là sera appelé.")
    contact = ContactField(
        "Ou un contact de l’annuaire",
        nobody="Aucun contact",
        description="Sans fonction ni contact, la fiche montre que le numéro est à trouver.",
    )

    def __init__(self, offered: PartChoices, **kwargs: Any) -> None:
        super().__init__(offered.chooser, **kwargs)
        self.function.choices = [
            SelectChoice("", "Aucune"),
            *(SelectChoice(str(function.id), function.name) for function in offered.functions),
        ]

    def description(self) -> ContactDescription:
        """What the accepted form says."""
        function_id = uuid.UUID(self.function.data) if self.function.data else None
        return ContactDescription(self.label.data or "", function_id, self.contact.contact_id)

    def beside(self, part: CardContact) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        names = {one.value: one.label for one in self.function.choices}
        return [
            ("label", part.label, self.label.data),
            ("function", part.function.name if part.function else "", names.get(self.function.data, "")),
            ("contact", part.contact.name if part.contact else "", self.contact.chosen_name),
        ]

    @staticmethod
    def stored(part: CardContact) -> dict[str, Any]:
        return {"label": part.label, "function": str(part.function_id or ""), "contact": part.contact_id}


class MessageFields(PartFields):
    """A model of message."""

    audience = StringField(
        "Pour qui",
        [required("Dites à qui ce message s’adresse, comme «\u00a0les patients\u00a0»."), at_most(160)],
        description="Comme «\u00a0les adhérents\u00a0» ou «\u00a0les patients en salle d’attente\u00a0».",
    )
    text = TextAreaField(
        "Texte du message",
        [required("Écrivez le message."), at_most(LONGEST_MESSAGE)],
        description="Laissez des crochets pour ce qui change\u00a0: «\u00a0rendez-vous à [lieu]\u00a0». Jamais le nom d’un patient.",
    )

    def __init__(self, offered: PartChoices, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def description(self) -> MessageDescription:
        """What the accepted form says."""
        return MessageDescription(self.audience.data or "", self.text.data or "")

    def beside(self, part: CardMessage) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        return [(name, getattr(part, name), self[name].data) for name in ("audience", "text")]

    @staticmethod
    def stored(part: CardMessage) -> dict[str, Any]:
        return {"audience": part.audience, "text": part.text}


class AddMaterialForm(MaterialFields, CreateForm):
    """An item to put on a card."""


class MaterialForm(MaterialFields, EditForm):
    """An item as a card asks for it."""


class AddContactForm(ContactFields, CreateForm):
    """Someone to call, to put on a card."""


class ContactForm(ContactFields, EditForm):
    """Someone to call, as the card says it."""


class AddMessageForm(MessageFields, CreateForm):
    """A message to write."""


class MessageForm(MessageFields, EditForm):
    """A message as it stands."""
