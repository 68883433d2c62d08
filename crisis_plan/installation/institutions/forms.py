"""What the operator writes of an institution."""

from __future__ import annotations

from wtforms import Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from crisis_plan.installation.forms import departement_codes
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Institution, InstitutionKind
from crisis_plan.web.fields import CreateForm, EditForm, Form, at_most, choices, required


class InstitutionForm(Form):
    """A name and an area."""

    name = StringField("Nom", [required("Écrivez le nom, comme CPAM du Gard."), at_most(160)])
    region = SelectField("Région", [required("Choisissez une région.")])
    departements = StringField(
        "Départements",
        [at_most(80)],
        description="Leurs numéros, comme 30 ou 30 34. Laissez vide : toute la région.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        regions = [SelectChoice(region.code, region.name) for region in communes.regions()]
        self.region.choices = [SelectChoice("", "Choisissez une région"), *regions]

    def validate_departements(self, field: Field) -> None:
        inside = {one.code for one in communes.departements(self.region.data or "-")}
        outside = [code for code in departement_codes(field.data) if code not in inside]
        if outside:
            raise ValidationError(f"Ce département n’est pas dans la région choisie : {', '.join(outside)}.")

    @property
    def codes(self) -> list[str]:
        return departement_codes(self.departements.data or "")


class NewInstitutionForm(InstitutionForm, CreateForm):
    kind = RadioField("Institution", [required("Choisissez laquelle.")], choices=choices(InstitutionKind))


class ChangeInstitutionForm(InstitutionForm, EditForm):
    """Its kind stays: the role of its readers comes from it."""

    @classmethod
    def of(cls, institution: Institution) -> ChangeInstitutionForm:
        return cls(formdata=None, seen_version=institution.version, **stored(institution))


def stored(institution: Institution) -> dict[str, str]:
    """What a form shows of the institution, by field."""
    return {
        "name": institution.name,
        "region": institution.region,
        "departements": " ".join(institution.departements),
    }
