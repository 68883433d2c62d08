"""What people write of a function of a crisis: who serves, from when to when, what is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.pilotage.crisis_functions.refusals import EndsBeforeItStarts, PlannedAlready, StartsInThePast
from crisis_plan.pilotage.crisis_functions.services import Person, Service
from crisis_plan.web.fields import CreateForm, Form, at_most, required
from crisis_plan.web.moments import MomentField
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.choosing import Chooser
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.organisations.models import Cpts

WHO = "Choisissez quelqu’un dans l’annuaire, ou écrivez son nom."


class SeenFunction(Form):
    """A form that knows who was on duty when it was shown."""

    seen_version = IntegerField(widget=HiddenField.widget, default=0)

    @property
    def seen(self) -> int:
        return self.seen_version.data or 0

    def reopen_at(self, version: int) -> None:
        """After a conflict was shown: sending again counts with who is there now."""
        self.seen_version.data, self.seen_version.raw_data = version, None


class TakeForm(SeenFunction, CreateForm):
    """« Je prends cette fonction »."""


class ServiceFields(NobodyNamed, ChoosingForm, SeenFunction, CreateForm):
    """Someone who serves; whoever is not in the directory is named in words."""

    contact = ContactField("Qui", nobody="Quelqu’un qui n’est pas dans l’annuaire")
    name = StringField("Son nom, hors annuaire", [at_most(160)], render_kw={"autocomplete": "off"})
    telephone = StringField(
        "Téléphone pendant le service",
        description="Laissez vide pour reprendre celui de l’annuaire.",
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    ends = MomentField("Jusqu’à", description="Laissez vide\u00a0: jusqu’à la prochaine relève.")
    together = BooleanField("Avec la personne déjà là ou déjà prévue, et non à sa place")
    note = TextAreaField(
        "Consignes de relève",
        [at_most(1_000)],
        description="Ce qui est en cours, ce qui reste à surveiller. Jamais le nom d’un patient.",
    )

    def __init__(self, chooser: Chooser, **kwargs: Any) -> None:
        super().__init__(chooser, **kwargs)
        self.contact.flags.required = True

    def validate_name(self, field: Field) -> None:
        if not field.data and not self.contact.data:
            raise ValidationError(WHO)

    def validate_telephone(self, field: Field) -> None:
        if field.data:
            try:
                telephones.parsed(field.data)
            except ValueError as refusal:
                raise ValidationError(str(refusal)) from None

    def person(self, cpts: Cpts, contact: Contact | None) -> Person:
        """Who is meant; the telephone of the directory where none was typed."""
        typed = self.telephone.data or ""
        if contact is None:
            return Person(self.name.data or "", _stored(typed, cpts))
        known = next((phone.number for phone in contact.phones_direct_first), "")
        return Person(contact.name, _stored(typed, cpts) if typed else known, contact_id=contact.id)

    def refuse(self, refusal: EndsBeforeItStarts | PlannedAlready | StartsInThePast) -> None:
        """Put the refusal beside the field that it is about."""
        self[refusal.field].errors = [str(refusal)]


class PutOnDutyForm(ServiceFields):
    """Someone serves from now on: the first one, or in someone's place."""

    is_there = BooleanField("Cette personne est à son poste", default=True)

    def service(self, cpts: Cpts, contact: Contact | None) -> Service:
        return Service(
            self.person(cpts, contact),
            ends_at=self.ends.at(cpts),
            is_there=bool(self.is_there.data),
            together=bool(self.together.data),
            note=self.note.data or "",
        )


class ReliefForm(ServiceFields):
    """Someone will serve from later on."""

    starts = MomentField("À partir de", [required("Dites à partir de quand.")])

    def service(self, cpts: Cpts, contact: Contact | None) -> Service:
        return Service(
            self.person(cpts, contact),
            starts_at=self.starts.at(cpts),
            ends_at=self.ends.at(cpts),
            together=bool(self.together.data),
            note=self.note.data or "",
        )


class EndForm(NobodyNamed, CreateForm):
    """The service is over and nobody takes it over."""

    word = TextAreaField(
        "Un mot",
        [at_most(1_000)],
        description="Ce qui reste en cours, et à qui s’adresser. Jamais le nom d’un patient.",
    )


class AddFunctionForm(NobodyNamed, CreateForm):
    """A function that the cell of the plan lacks."""

    name = StringField(
        "Nom de la fonction",
        [required("Donnez un nom à la fonction, comme «\u00a0Accueil des bénévoles\u00a0»."), at_most(160)],
    )
    task = TextAreaField("Ce qu’elle fait", [at_most(1_000)])


def _stored(typed: str, cpts: Cpts) -> str:
    return telephones.parsed(typed, telephones.region_of(cpts.departements)) if typed else ""
