"""What people type of a contact. Rows left empty are simply ignored: the form works without JavaScript."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory import identifiers, telephones
from crisis_plan.anticipation.directory.drafts import ContactDraft
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.directory.rows import (
    EmailForm,
    PhoneForm,
    PlaceForm,
    Rows,
    emails_in,
    of_region,
    phones_in,
    places_in,
)
from crisis_plan.anticipation.directory.rules import SERVICE_CATEGORIES, ContactKind, VerifiedHow
from crisis_plan.web.fields import (
    Form,
    FrenchDateField,
    at_most,
    choices,
    required,
)

PLACES, PHONES, EMAILS = 2, 3, 2
"""Rows offered at least; a contact shows all of its own, and one more to fill."""
PERSON, SERVICE = "person", "service"


class ContactFields(Form):
    """Everything that is asked of a contact; built with the region that the CPTS telephones from, and its date."""

    kind = SelectField(
        "Type de contact",
        [required("Choisissez un type de contact.")],
        choices=[SelectChoice("", "Choisissez un type"), *choices(ContactKind)],
    )
    nature = RadioField(
        "Personne ou service",
        choices=[SelectChoice(PERSON, "Une personne"), SelectChoice(SERVICE, "Un service (mairie, EHPAD, SAMU…)")],
        default=PERSON,
    )
    title = StringField("Civilité", [at_most(20)])
    family_name = StringField(
        "Nom", [required("Écrivez un nom."), at_most(160)], description="Pour un service, son nom entier."
    )
    given_name = StringField("Prénom", [at_most(160)])
    profession = StringField("Profession", [at_most(120)], render_kw={"list": "professions", "autocomplete": "off"})
    speciality = StringField("Spécialité", [at_most(160)])
    category = StringField(
        "Catégorie",
        [at_most(80)],
        description="Pour un service : Mairie, EHPAD… Le plan demande une institution « ARS » et une « CPAM ».",
        render_kw={"list": "categories", "autocomplete": "off"},
    )
    function = StringField("Fonction", [at_most(160)], description="Qui répond, ou à quel titre.")
    rpps = StringField("Numéro RPPS", [at_most(20)], description="11 chiffres.", render_kw={"inputmode": "numeric"})
    finess = StringField("Numéro FINESS", [at_most(20)], description="9 chiffres, pour un établissement.")
    joined_on = FrenchDateField("Adhérent depuis le", description="Obligatoire pour un adhérent.")
    places = Rows(PlaceForm, "Lieux d’exercice", min_entries=PLACES)
    phones = Rows(PhoneForm, "Téléphones", min_entries=PHONES)
    emails = Rows(EmailForm, "Courriels", min_entries=EMAILS)
    skills = StringField("Compétences utiles en crise", [at_most(400)])
    volunteer_for = SelectMultipleField(
        "Volontaire en cas de crise",
        choices=choices(CrisisType),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    availability = StringField("Disponibilité", [at_most(400)])
    mobile_consent_on = FrenchDateField(
        "Accord pour le mobile privé, le",
        description="Quand cette personne a accepté que son numéro privé soit gardé pour les crises.",
    )
    note = TextAreaField("Note", [at_most(10_000)], description="Jamais d’information sur un patient.")
    verified_on = FrenchDateField("Vérifié le", description="Quand quelqu’un a confirmé ces coordonnées.")
    verified_how = SelectField(
        "Vérifié comment", choices=[SelectChoice("", "Non précisé"), *choices(VerifiedHow)], default=""
    )
    verified_by = StringField("Vérifié par", [at_most(160)])

    professions = PROPOSED
    categories = SERVICE_CATEGORIES

    def __init__(self, region: str = telephones.MAINLAND, today: date = date.max, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region, self.today = region, today

    def validate_joined_on(self, field: Field) -> None:
        if self.kind.data == ContactKind.ADHERENT and not field.data and not field.errors:
            raise ValidationError("Indiquez depuis quand cette personne est adhérente : l’adhésion se prouve.")

    def validate_rpps(self, field: Field) -> None:
        try:
            identifiers.national_id(field.data or "")
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def validate_finess(self, field: Field) -> None:
        try:
            identifiers.finess(field.data or "")
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def validate_mobile_consent_on(self, field: Field) -> None:
        self._refuse_the_future(field)

    def validate_verified_on(self, field: Field) -> None:
        self._refuse_the_future(field)
        if not field.data and not field.errors and (self.verified_how.data or self.verified_by.data):
            raise ValidationError("Indiquez quel jour ces coordonnées ont été vérifiées.")

    def _refuse_the_future(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Cette date est dans l’avenir : indiquez un jour passé, ou aujourd’hui.")

    def validate(self, extra_validators: Any = None) -> bool:
        of_region(self.phones, self.region)
        return super().validate(extra_validators)

    def refuse_name(self, refusal: object) -> None:
        """Put the operation's refusal beside the name."""
        self.family_name.errors = [*self.family_name.errors, str(refusal)]

    def refuse_rpps(self, refusal: object) -> None:
        """Put the operation's refusal beside the number."""
        self.rpps.errors = [*self.rpps.errors, str(refusal)]

    def draft(self, stored: Contact | None = None) -> ContactDraft:
        """The contact as it was typed. What the form does not show is kept from `stored`."""
        kind = ContactKind(self.kind.data)
        is_service = self.nature.data == SERVICE
        return ContactDraft(
            kind=kind,
            family_name=self.family_name.data or "",
            is_service=is_service,
            title="" if is_service else self.title.data or "",
            given_name="" if is_service else self.given_name.data or "",
            profession=self.profession.data or "",
            speciality=self.speciality.data or "",
            category=self.category.data or "",
            function=self.function.data or "",
            national_id=self._national_id(stored),
            finess=identifiers.finess(self.finess.data or ""),
            joined_on=self.joined_on.data if kind is ContactKind.ADHERENT else None,
            skills=self.skills.data or "",
            volunteer_for=tuple(crisis_types(self.volunteer_for.data or ())),
            availability=self.availability.data or "",
            mobile_consent_on=self.mobile_consent_on.data,
            note=self.note.data or "",
            verified_on=self.verified_on.data,
            verified_by=self.verified_by.data or "",
            verified_how=VerifiedHow(self.verified_how.data) if self.verified_how.data else None,
            places=places_in(self.places, stored),
            phones=phones_in(self.phones, self.region),
            emails=emails_in(self.emails),
        )

    def _national_id(self, stored: Contact | None) -> str | None:
        """The number typed; an identifier of another register, which the form does not show, stays."""
        typed = identifiers.national_id(self.rpps.data or "")
        if typed is None and stored is not None and not identifiers.rpps(stored.national_id):
            return stored.national_id
        return typed
