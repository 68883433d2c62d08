"""What is typed to appoint someone: the same form for a referent and for a function of the crisis cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wtforms import Field, RadioField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.anticipation.referents.refusals import DutyRefused
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment, DutyRow
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, choices, required
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.choosing import Chooser
    from crisis_plan.anticipation.directory.models import Contact

Rows = list[tuple[str, str, str]]
"""Field by field: its name, what is stored, what was typed."""


class DutyFields(ChoosingForm):
    """Who, titular or deputy, from which day to which. The route says who may be chosen."""

    contact = ContactField("Personne ou service", [required("Choisissez une personne de l’annuaire.")])
    rank = RadioField(
        "Rang",
        [required("Dites si cette personne est titulaire ou suppléante.")],
        choices=choices(Rank),
        validate_choice=False,
    )
    starts_on = FrenchDateField("Premier jour", [required("Indiquez le premier jour, comme 31/12/2026.")])
    ends_on = FrenchDateField("Dernier jour", description="Laissez vide si la fin n’est pas encore connue.")

    def validate_rank(self, field: Field) -> None:
        if field.data not in {rank.value for rank in Rank}:
            raise ValidationError("Choisissez «\u00a0Titulaire\u00a0» ou «\u00a0Suppléant\u00a0».")

    def validate_ends_on(self, field: Field) -> None:
        if isinstance(field.data, date) and isinstance(self.starts_on.data, date) and field.data < self.starts_on.data:
            raise ValidationError("Le dernier jour est avant le premier\u00a0: corrigez l’une des deux dates.")

    def appointment(self, contact: Contact) -> Appointment:
        """What the accepted form asks for."""
        return Appointment(contact, Rank(self.rank.data), self.starts_on.day, self.ends_on.data)

    def beside(self, duty: DutyRow) -> Rows:
        """What was typed beside what is stored, as a conflict shows them."""
        return [
            ("contact", duty.contact.name, self.contact.chosen_name),
            ("rank", duty.rank.label, Rank(self.rank.data).label),
            ("starts_on", short_date(duty.starts_on), short_date(self.starts_on.data)),
            ("ends_on", short_date(duty.ends_on), short_date(self.ends_on.data)),
        ]


class AppointForm(DutyFields, CreateForm):
    @classmethod
    def blank(cls, chooser: Chooser, *, asked_rank: str | None, today: date) -> AppointForm:
        """The form for this rank, from today."""
        return cls(chooser, formdata=None, rank=asked_rank, starts_on=today)


class DutyForm(DutyFields, EditForm):
    @classmethod
    def of(cls, duty: DutyRow, chooser: Chooser) -> DutyForm:
        """The form as the duty stands."""
        return cls(
            chooser,
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
