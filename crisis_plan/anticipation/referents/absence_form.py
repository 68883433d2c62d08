"""What is typed of an absence: which referent, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import Field, RadioField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.referents.absences import Leave
from crisis_plan.anticipation.referents.duty_form import Rows
from crisis_plan.web.fields import CreateForm, EditForm, Form, FrenchDateField, required
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.anticipation.referents.models import ReferentAbsence


class AbsenceFields(Form):
    """The route gives those who are or will be referents."""

    contact = RadioField("Qui est absent", [required("Dites qui est absent.")], validate_choice=False)
    starts_on = FrenchDateField("Premier jour d’absence", [required("Indiquez le premier jour, comme 24/12/2026.")])
    ends_on = FrenchDateField(
        "Dernier jour d’absence",
        [required("Indiquez le dernier jour, comme 26/12/2026.")],
        description="La personne peut de nouveau être appelée le lendemain.",
    )

    def __init__(self, referents: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.referents = {str(one.id): one for one in referents}
        self.contact.choices = [(key, one.name) for key, one in self.referents.items()]

    def validate_contact(self, field: Field) -> None:
        if field.data not in self.referents:
            raise ValidationError("Cette personne n’est plus référente\u00a0: choisissez dans la liste.")

    def validate_ends_on(self, field: Field) -> None:
        if isinstance(field.data, date) and isinstance(self.starts_on.data, date) and field.data < self.starts_on.data:
            raise ValidationError("Le dernier jour est avant le premier\u00a0: corrigez l’une des deux dates.")

    def leave(self) -> Leave:
        """What the accepted form says."""
        return Leave(self.referents[self.contact.data], self.starts_on.day, self.ends_on.day)


class AddAbsenceForm(AbsenceFields, CreateForm):
    """An absence to come, or under way."""


class AbsenceForm(AbsenceFields, EditForm):
    @classmethod
    def of(cls, absence: ReferentAbsence, referents: Sequence[Contact]) -> AbsenceForm:
        return cls(
            referents,
            formdata=None,
            contact=str(absence.contact_id),
            starts_on=absence.starts_on,
            ends_on=absence.ends_on,
            seen_version=absence.version,
        )

    def beside(self, absence: ReferentAbsence) -> Rows:
        """What is stored beside what was typed, as a conflict shows them."""
        leave = self.leave()
        return [
            ("contact", absence.contact.name, leave.contact.name),
            ("starts_on", short_date(absence.starts_on), short_date(leave.starts_on)),
            ("ends_on", short_date(absence.ends_on), short_date(leave.ends_on)),
        ]
