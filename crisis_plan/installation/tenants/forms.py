"""What the operator writes of a CPTS."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from crisis_plan.installation.forms import departement_codes
from crisis_plan.organisations import communes
from crisis_plan.organisations.forms import AssociationForm
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.operations import Identity
from crisis_plan.organisations.rules import MissionSource, Size, is_siret, is_slug
from crisis_plan.organisations.time_zones import LABELS, proposed_time_zone
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, WholeNumberField, at_most, choices, required

ONE_DEPARTEMENT = "Écrivez le numéro d’au moins un département, comme 30."
AS_THEY_ARE = (
    "name",
    "legal_name",
    "siret",
    "address",
    "president",
    "cpam_name",
    "stated_inhabitants",
    "contract_signed_on",
    "amendment_signed_on",
    "mission_started_on",
)


def without_spaces(text: str | None) -> str:
    return "".join((text or "").split())


class CptsForm(AssociationForm):
    """Identity, contract and area of a CPTS."""

    name = StringField("Nom de la CPTS", [required("Écrivez le nom de la CPTS."), at_most(160)])
    siret = StringField(
        "SIRET", [at_most(20)], filters=[without_spaces], description="14 chiffres, avec ou sans espaces."
    )
    cpam_name = StringField("CPAM du contrat", [at_most(160)], description="Par exemple : CPAM du Gard.")
    departements = StringField(
        "Départements",
        [required(ONE_DEPARTEMENT), at_most(80)],
        description="Leurs numéros, le principal d’abord : 30, ou 30 07, ou 974. La région en découle. "
        "Les institutions de ces départements liront le plan.",
    )
    contract_signed_on = FrenchDateField("Signature du contrat")
    amendment_signed_on = FrenchDateField("Signature de l’avenant")
    deadlines_from = SelectField(
        "Échéances comptées depuis",
        choices=[SelectChoice("", "Non indiqué"), *choices(MissionSource)],
        description="La CPTS peut aussi le choisir elle-même.",
    )
    mission_started_on = FrenchDateField(
        "Début de la mission de réponse aux crises", description="Les années de la mission se comptent à partir de là."
    )
    stated_size = SelectField(
        "Taille inscrite au contrat",
        choices=[
            SelectChoice("", "Non indiquée"),
            *(SelectChoice(size.value, f"{size.label} – {size.description}") for size in Size),
        ],
        description="Elle l’emporte sur la taille calculée d’après la population.",
    )
    stated_inhabitants = WholeNumberField(
        "Population inscrite au contrat", description="Laissez vide si c’est celle des communes."
    )
    time_zone = SelectField(
        "Heure locale",
        choices=[
            SelectChoice("", "Celle du premier département"),
            *(SelectChoice(zone, label) for zone, label in LABELS.items()),
        ],
    )

    @classmethod
    def of(cls, cpts: Cpts) -> CptsForm:
        """The form as the CPTS stands."""
        return cls(formdata=None, seen_version=cpts.version, **stored(cpts))

    def validate_siret(self, field: Field) -> None:
        if field.data and not is_siret(field.data):
            raise ValidationError("Ce n’est pas un SIRET : vérifiez les 14 chiffres.")

    def validate_departements(self, field: Field) -> None:
        if not departement_codes(field.data):
            raise ValidationError(ONE_DEPARTEMENT)
        unknown = [code for code in departement_codes(field.data) if communes.departement(code) is None]
        if unknown:
            raise ValidationError(f"Ce numéro de département n’existe pas : {', '.join(unknown)}.")

    def validate_stated_inhabitants(self, field: Field) -> None:
        if field.data is not None and field.data < 1:
            raise ValidationError("Écrivez un nombre d’habitants, comme 105 452, ou laissez vide.")

    def identity(self) -> Identity:
        """What is to be stored; région and zone follow from the first département."""
        codes = departement_codes(self.departements.data or "")
        first = communes.departement(codes[0])
        values: dict[str, Any] = {name: self[name].data for name in AS_THEY_ARE}
        return Identity(
            **values,
            region=first.region if first else "",
            departements=codes,
            stated_size=Size(self.stated_size.data) if self.stated_size.data else None,
            deadlines_from=MissionSource(self.deadlines_from.data) if self.deadlines_from.data else None,
            time_zone=self.time_zone.data or proposed_time_zone(codes[0]),
        )


class NewCptsForm(CptsForm, CreateForm):
    slug = StringField(
        "Adresse sur ce site",
        [at_most(80)],
        description="Minuscules sans accents, mots séparés par des tirets. Laissez vide : elle sera tirée du nom. "
        "Elle ne change plus ensuite, car les plans imprimés y renvoient.",
    )

    def validate_slug(self, field: Field) -> None:
        if field.data and not is_slug(field.data):
            raise ValidationError("Écrivez des minuscules sans accents et des tirets, comme uzege-pont-du-gard.")


class ChangeCptsForm(CptsForm, EditForm):
    """Everything but the address."""


def stored(cpts: Cpts) -> dict[str, Any]:
    """What a form shows of the CPTS, by field."""
    return {name: getattr(cpts, name) for name in AS_THEY_ARE} | {
        "departements": " ".join(cpts.departements),
        "stated_size": cpts.stated_size.value if cpts.stated_size else "",
        "deadlines_from": cpts.deadlines_from.value if cpts.deadlines_from else "",
        "time_zone": cpts.time_zone,
    }
