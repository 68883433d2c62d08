"""« Vérifié aujourd’hui », on a contact's page."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf

from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.web.fields import NOT_OF_THE_LIST, EditForm, at_most, choices, required


class VerifyForm(EditForm):
    """Said today of a contact as its page shows it."""

    verified_how = RadioField(
        "Comment",
        [required("Dites comment vous avez vérifié."), AnyOf([how.value for how in VerifiedHow], NOT_OF_THE_LIST)],
        choices=choices(VerifiedHow),
        validate_choice=False,
    )
    verified_by = StringField(
        "Qui a confirmé",
        [at_most(160)],
        description="Vous, si vous laissez vide. Sinon un nom, ou « la personne elle-même ».",
    )

    @property
    def how(self) -> VerifiedHow:
        return VerifiedHow(self.verified_how.data)
