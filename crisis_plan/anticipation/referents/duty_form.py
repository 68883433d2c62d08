"""What is typed to appoint someone: the same form for a referent and for a function of the crisis cell."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import Field, RadioField, SelectChoice, SelectField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory.queries import Choosable
from crisis_plan.anticipation.referents.refusals import DutyRefused
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment, DutyRow
from crisis_plan.web.fields import CreateForm, EditForm, Form, FrenchDateField, choices, required
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

Contacts = Sequence[Choosable]
"""Those who may be chosen."""

Rows = list[tuple[str, str, str]]
"""Field by field: its name, what is stored, what was typed."""

NOBODY = SelectChoice("", "Choisissez dans l’annuaire")


class DutyFields(Form):
    """Who, titular or deputy, from which day to which. The route gives the contacts that may be chosen."""

    contact = SelectField(
        "Personne ou service", [required("Choisissez une personne de l’annuaire.")], validate_choice=False
    )
    rank = RadioField(
        "Rang",
        [required("Dites si cette personne est titulaire ou suppléante.")],
        choices=choices(Rank),
        validate_choice=False,
    )
    starts_on = FrenchDateField("Premier jour", [required("Indiquez le premier jour, comme 31/12/2026.")])
    ends_on = FrenchDateField("Dernier jour", description="Laissez vide si la fin n’est pas encore connue.")

    def __init__(self, contacts: Contacts, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = {one.id: one.label for one in contacts}
        self.contact.choices = [NOBODY, *(SelectChoice(one.id, one.label, optgroup=one.group) for one in contacts)]

    def validate_contact(self, field: Field) -> None:
        if field.data not in self.names:
            raise ValidationError("Cette personne n’est plus dans l’annuaire\u00a0: choisissez-en une autre.")

    def validate_rank(self, field: Field) -> None:
        if field.data not in {rank.value for rank in Rank}:
            raise ValidationError("Choisissez «\u00a0Titulaire\u00a0» ou «\u00a0Suppléant\u00a0».")

    def validate_ends_on(self, field: Field) -> None:
        if isinstance(field.data, date) and isinstance(self.starts_on.data, date) and field.data < self.starts_on.data:
            raise ValidationError("Le dernier jour est avant le premier\u00a0: corrigez l’une des deux dates.")

    @property
    def contact_id(self) -> uuid.UUID:
        return uuid.UUID(self.contact.data)

    def appointment(self, contact: Contact) -> Appointment:
        """What the accepted form asks for."""
        return Appointment(contact, Rank(self.rank.data), self.starts_on.day, self.ends_on.data)

    def beside(self, duty: DutyRow) -> Rows:
        """What was typed beside what is stored, as a conflict shows them."""
        return [
            ("contact", self.names.get(str(duty.contact_id), duty.contact.name), self.names[self.contact.data]),
            ("rank", duty.rank.label, Rank(self.rank.data).label),
            ("starts_on", short_date(duty.starts_on), short_date(self.starts_on.data)),
            ("ends_on", short_date(duty.ends_on), short_date(self.ends_on.data)),
        ]


class AppointForm(DutyFields, CreateForm):
    @classmethod
    def blank(cls, contacts: Contacts, *, asked_rank: str | None, today: date) -> AppointForm:
        """The form for this rank, from today."""
        return cls(contacts, formdata=None, rank=asked_rank, starts_on=today)


class DutyForm(DutyFields, EditForm):
    @classmethod
    def of(cls, duty: DutyRow, contacts: Contacts) -> DutyForm:
        """The form as the duty stands."""
        return cls(
            contacts,
            formdata=None,
            contact=str(duty.contact_id),
            rank=duty.rank.value,
            starts_on=duty.starts_on,
            ends_on=duty.ends_on,
            seen_version=duty.version,
        )


class EndForm(EditForm):
    """The last day of a duty."""

    ends_on = FrenchDateField(
        "Dernier jour",
        [required("Indiquez le dernier jour, comme 31/12/2026.")],
        description="La personne est encore de service ce jour-là.",
    )

    def beside(self, duty: DutyRow) -> Rows:
        return [("ends_on", short_date(duty.ends_on), short_date(self.ends_on.data))]


def refuse(form: BaseForm, refusal: DutyRefused) -> None:
    """Put the refusal beside the field that it is about, or beside the last day where that alone is asked."""
    field = form[refusal.field] if refusal.field in form else form["ends_on"]
    field.errors = [*field.errors, str(refusal)]
