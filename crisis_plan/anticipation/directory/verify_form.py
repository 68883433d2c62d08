"""« Vérifié aujourd’hui », on a contact's page."""

from __future__ import annotations

from wtforms import RadioField, StringField

from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.web.fields import EditForm, at_most, choices, required

BY_A_COLLEAGUE = (VerifiedHow.CALL, VerifiedHow.MEETING, VerifiedHow.MAIL, VerifiedHow.OTHER)
"""The other ways are a person's own: their link, their account."""


class VerifyForm(EditForm):
    """Said today of a contact as its page shows it."""

    verified_how = RadioField(
        "Comment",
        [required("Dites comment vous avez vérifié.")],
        choices=choices(BY_A_COLLEAGUE),
        default=VerifiedHow.CALL.value,
    )
    verified_by = StringField(
        "Qui a confirmé",
        [at_most(160)],
        description="Vous, si vous laissez vide. Sinon un nom, ou « la personne elle-même ».",
    )

    @property
    def how(self) -> VerifiedHow:
        return VerifiedHow(self.verified_how.data)
