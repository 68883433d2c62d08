"""The three lists of parts of a card: their addresses, their forms, their words on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crisis_plan.adaptation.responses import part_forms as forms
from crisis_plan.adaptation.responses.part_forms import PartChoices
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage
from crisis_plan.adaptation.responses.parts import Part
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as cell


@dataclass(frozen=True)
class PartKind:
    """One of the three lists; `key` is its address, and the anchor of its place on the card."""

    key: str
    model: Any
    add_form: Any
    edit_form: Any
    adding: str
    changing: str
    removing: str

    def opened(self, part: Any, offered: PartChoices) -> Any:
        """The form of a part as it stands."""
        return self.edit_form(offered, formdata=None, seen_version=part.version, **self.edit_form.stored(part))


MATERIAL = PartKind(
    *("materiel", CardMaterial, forms.AddMaterialForm, forms.MaterialForm),
    *("Ajouter du matériel", "Modifier le matériel", "Retirer ce matériel"),
)
CONTACTS = PartKind(
    *("contacts", CardContact, forms.AddContactForm, forms.ContactForm),
    *("Ajouter quelqu’un à appeler", "Modifier qui appeler", "Retirer de la liste d’appel"),
)
MESSAGES = PartKind(
    *("messages", CardMessage, forms.AddMessageForm, forms.MessageForm),
    *("Ajouter un message", "Modifier le message", "Retirer le message"),
)
KINDS = {kind.key: kind for kind in (MATERIAL, CONTACTS, MESSAGES)}


def offered(cpts: Cpts, kind: PartKind, part: Part | None = None) -> PartChoices:
    """What there is to choose from for this list; what a part names already stays offered."""
    if kind is MATERIAL:
        items = list(stock.items(cpts))
        if isinstance(part, CardMaterial) and part.item not in items:
            items.append(part.item)
        return PartChoices(chooser(cpts), items=items)
    if kind is CONTACTS:
        return PartChoices(chooser(cpts), functions=cell.all_functions(cpts))
    return PartChoices(chooser(cpts))


def called(part: Part) -> str:
    """How a part is named in a sentence."""
    if isinstance(part, CardMaterial):
        return part.item.name
    return part.label if isinstance(part, CardContact) else f"Message pour {part.audience}"
