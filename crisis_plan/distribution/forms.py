"""What is typed to give a version, and by those who receive it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import AnyOf, ValidationError
from wtforms.widgets import HiddenInput

from crisis_plan.distribution.handing import Handing
from crisis_plan.distribution.models import DeliveryDocument
from crisis_plan.distribution.rules import BY_HAND, Channel, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.publication.models import Publication
from crisis_plan.web.attachments import ACCEPTED, read_attachment
from crisis_plan.web.fields import CreateForm, Form, FrenchDateField, at_most, choices, required
from crisis_plan.web.formats import local_date
from crisis_plan.web.uploads import AT_MOST, UploadRefused


class IdsField(SelectMultipleField):
    """Rows that are checked, by their identities; what is none is left out."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    @property
    def ids(self) -> frozenset[uuid.UUID]:
        return ids_in(self.data or ())


def ids_in(words: Iterable[str]) -> frozenset[uuid.UUID]:
    """The identities among these words."""
    found = set()
    for word in words:
        try:
            found.add(uuid.UUID(word))
        except ValueError:
            continue
    return frozenset(found)


def one_of(label: str, values: Iterable[Channel] | Iterable[Edition], message: str) -> RadioField:
    """One of these; `message` refuses nothing chosen as well as anything else."""
    offered = list(values)
    refusals = [required(message), AnyOf([one.value for one in offered], message=message)]
    return RadioField(label, refusals, choices=choices(offered), validate_choice=False)


class SendForm(CreateForm):
    """What was read is what leaves: who, in which edition, of which version."""

    version = IntegerField(widget=HiddenInput())
    groupe = HiddenField()
    contact = IdsField()
    restricted = IdsField()
    seen = HiddenField()

    @classmethod
    def of(cls, publication: Publication, group: Group | None, seen: str) -> SendForm:
        """As it is read before it is sent; who is checked is written beside it."""
        return cls(formdata=None, version=publication.number, groupe=group.value if group else "", seen=seen)


class AgainForm(CreateForm):
    """One more message: sent twice, it leaves once."""


class HandForm(CreateForm):
    """Copies that were handed over."""

    contact = IdsField("À qui")
    everyone = BooleanField("À tout le groupe")
    channel = one_of("Comment", BY_HAND, "Dites comment le plan a été remis.")
    edition = RadioField(
        "Quelle édition",
        choices=[
            SelectChoice(
                "",
                "Celle de chaque groupe\u00a0: restreinte pour l’ARS, les caisses et les adhérents, publique pour les autres",
            ),
            *choices(Edition),
        ],
        default="",
    )
    handed_on = FrenchDateField("Le", [required("Écrivez le jour où le plan a été remis.")])
    note = StringField("Précision", [at_most(300)], description="Par exemple\u00a0: assemblée générale, à Uzès.")
    document = FileField(
        "Feuille de présence ou reçu",
        description=f"Une seule pour toutes ces personnes. {ACCEPTED}, 10 Mo au plus.",
        render_kw=AT_MOST,
    )
    known_document = SelectField("Ou une feuille déjà déposée", default="")

    def __init__(self, known: Collection[DeliveryDocument], *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {str(one.id): one for one in known}
        self.today = today
        kept = [
            SelectChoice(key, f"{one.file_name}, {local_date(one.added_at, None)}") for key, one in self.known.items()
        ]
        self.known_document.choices = [SelectChoice("", "Aucune"), *kept]

    def validate_handed_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Cette date est à venir\u00a0: écrivez le jour où le plan a été remis.")

    def handing(self, group: Iterable[uuid.UUID]) -> Handing:
        """What is to be recorded. Raises `UploadRefused` when the document is none of those accepted."""
        proof = self.known.get(self.known_document.data or "")
        try:
            attached = read_attachment(self.document.data) if self.document.data else None
        except UploadRefused as refusal:
            self.document.errors = [str(refusal)]
            raise
        return Handing(
            contact_ids=frozenset(group) if self.everyone.data else self.contact.ids,
            channel=Channel(self.channel.data),
            on=self.handed_on.day,
            note=self.note.data or "",
            proof=attached or proof,
            edition=Edition(self.edition.data) if self.edition.data else None,
        )


class EditionForm(CreateForm):
    """Another edition for one recipient, and why."""

    edition = one_of("Édition", Edition, "Choisissez une édition.")
    note = StringField("Pourquoi", [required("Écrivez pourquoi\u00a0: le registre le garde."), at_most(300)])


class WithdrawHandingForm(CreateForm):
    """Why a handing counts no more."""

    note = StringField(
        "Pourquoi",
        [required("Écrivez pourquoi\u00a0: le registre le garde."), at_most(300)],
        description="Par exemple\u00a0: notée pour une autre personne, absente ce jour-là.",
    )


class AcknowledgeForm(Form):
    """« J’accuse réception », by someone who says who they are."""

    name = StringField("Votre nom", [required("Écrivez votre nom."), at_most(160)])
