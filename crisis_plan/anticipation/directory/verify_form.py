"""« Vérifié aujourd’hui », on a contact's page."""

from __future__ import annotations

from wtforms import RadioField, StringField

from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.web.fields import EditForm, at_most, choices, required


class VerifyForm(EditForm):
    """Said today of a contact as its page shows it."""

    verified_how = RadioField("Comment", [required("Dites comment vous avez vérifié.")], choices=choices(VerifiedHow))
    verified_by = StringField(
        "Qui a confirmé",
        [at_most(160)],
        description="Vous, si vous laissez vide. Sinon un nom, ou « la personne elle-même ».",
    )

    @property
    def how(self) -> VerifiedHow:
        return VerifiedHow(self.verified_how.data)
