"""What is typed to lift an opposition: no name is kept, so the person says theirs."""

from __future__ import annotations

from wtforms import Field, StringField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory import identifiers
from crisis_plan.anticipation.directory.drafts import ContactDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.web.fields import Form, at_most, required


class LiftForm(Form):
    """Who agrees to be in the directory again."""

    family_name = StringField("Nom", [required("Écrivez un nom."), at_most(160)])
    given_name = StringField("Prénom", [at_most(160)])
    commune = StringField("Commune d’exercice", [at_most(120)])
    rpps = StringField("Numéro RPPS", render_kw={"inputmode": "numeric"})

    def validate_rpps(self, field: Field) -> None:
        try:
            identifiers.national_id(field.data or "")
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def draft(self) -> ContactDraft:
        """The person as an import would describe them."""
        return ContactDraft(
            kind=ContactKind.PROFESSIONAL,
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            national_id=identifiers.national_id(self.rpps.data or ""),
            places=(PlaceDraft(commune=self.commune.data or ""),),
        )
