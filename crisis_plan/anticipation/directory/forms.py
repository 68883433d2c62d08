"""What people type of a contact. Rows left empty are simply ignored: the form works without JavaScript."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Regexp, ValidationError

from crisis_plan.anticipation.directory import identifiers, telephones
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.directory.rules import SERVICE_CATEGORIES, ContactKind
from crisis_plan.folding import folded
from crisis_plan.web.fields import (
    CreateForm,
    EditForm,
    Form,
    FrenchDateField,
    at_most,
    choices,
    email_address,
    required,
)
from crisis_plan.web.formats import telephone

PLACES, PHONES, EMAILS = 3, 4, 3
"""Rows offered; a contact that has more shows them all."""
MOST_ROWS = 20
PERSON, SERVICE = "person", "service"


class Part(Form):
    """A row of the contact's form: the whole form bears the token."""

    class Meta(Form.Meta):
        csrf = False


class PlaceForm(Part):
    structure = StringField("Structure", [at_most(200)])
    address = StringField("Adresse", [at_most(300)])
    postal_code = StringField(
        "Code postal",
        [Regexp(r"([0-9]{5})?$", message="Un code postal compte 5 chiffres.")],
        render_kw={"inputmode": "numeric"},
    )
    commune = StringField("Commune", [at_most(120)])


class PhoneForm(Part):
    """A number of the region that the CPTS telephones from."""

    region = telephones.MAINLAND

    number = StringField("Téléphone", [at_most(40)], render_kw={"type": "tel"})
    is_private = BooleanField("Privé")

    def validate_number(self, field: Field) -> None:
        if field.data:
            try:
                telephones.parsed(field.data, self.region)
            except ValueError as refusal:
                raise ValidationError(str(refusal)) from None


class EmailForm(Part):
    address = StringField("Courriel", [at_most(254), email_address], render_kw={"type": "email"})
    is_private = BooleanField("Privé")


class ContactFields(Form):
    """Everything that is asked of a contact; built with the region that the CPTS telephones from."""

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
    joined_on = FrenchDateField("Adhérent depuis le", description="Obligatoire pour un adhérent.")
    places = FieldList(FormField(PlaceForm), "Lieux d’exercice", min_entries=PLACES, max_entries=MOST_ROWS)
    phones = FieldList(FormField(PhoneForm), "Téléphones", min_entries=PHONES, max_entries=MOST_ROWS)
    emails = FieldList(FormField(EmailForm), "Courriels", min_entries=EMAILS, max_entries=MOST_ROWS)
    skills = StringField("Compétences utiles en crise", [at_most(400)])
    availability = StringField("Disponibilité", [at_most(400)])
    note = TextAreaField("Note", [at_most(10_000)], description="Jamais d’information sur un patient.")
    verified_on = FrenchDateField("Vérifié le", description="Quand quelqu’un a confirmé ces coordonnées.")

    professions = PROPOSED
    categories = SERVICE_CATEGORIES

    def __init__(self, region: str = telephones.MAINLAND, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region

    def validate_joined_on(self, field: Field) -> None:
        if self.kind.data == ContactKind.ADHERENT and not field.data and not field.errors:
            raise ValidationError("Indiquez depuis quand cette personne est adhérente : l’adhésion se prouve.")

    def validate_rpps(self, field: Field) -> None:
        try:
            identifiers.national_id(field.data or "")
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def validate(self, extra_validators: Any = None) -> bool:
        for row in self.phones:
            row.form.region = self.region
        return super().validate(extra_validators)

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
            joined_on=self.joined_on.data if kind is ContactKind.ADHERENT else None,
            skills=self.skills.data or "",
            availability=self.availability.data or "",
            note=self.note.data or "",
            verified_on=self.verified_on.data,
            places=self._places(stored),
            phones=self._phones(),
            emails=self._emails(),
        )

    def _national_id(self, stored: Contact | None) -> str | None:
        """The number typed; an identifier of another register, which the form does not show, stays."""
        typed = identifiers.national_id(self.rpps.data or "")
        if typed is None and stored is not None and not identifiers.rpps(stored.national_id):
            return stored.national_id
        return typed

    def _places(self, stored: Contact | None) -> tuple[PlaceDraft, ...]:
        codes = {folded(place.commune): place.commune_code for place in stored.places} if stored else {}
        found = (
            PlaceDraft(**row, commune_code=codes.get(folded(row["commune"]), ""))
            for row in self.places.data
            if any(row.values())
        )
        return tuple(dict.fromkeys(found))

    def _phones(self) -> tuple[PhoneDraft, ...]:
        found: dict[str, PhoneDraft] = {}
        for row in self.phones.data:
            if row["number"]:
                number = telephones.parsed(row["number"], self.region)
                found.setdefault(number, PhoneDraft(number, row["is_private"]))
        return tuple(found.values())

    def _emails(self) -> tuple[EmailDraft, ...]:
        found: dict[str, EmailDraft] = {}
        for row in self.emails.data:
            if row["address"]:
                found.setdefault(row["address"], EmailDraft(row["address"], row["is_private"]))
        return tuple(found.values())


class NewContactForm(ContactFields, CreateForm):
    """A contact to add."""


class EditContactForm(ContactFields, EditForm):
    """A contact as it stands."""

    @classmethod
    def of(cls, contact: Contact, region: str) -> EditContactForm:
        return cls(
            region,
            formdata=None,
            seen_version=contact.version,
            kind=contact.kind.value,
            nature=SERVICE if contact.is_service else PERSON,
            rpps=identifiers.rpps(contact.national_id),
            places=contact.places,
            phones=[
                {"number": telephone(phone.number).replace("\u00a0", " "), "is_private": phone.is_private}
                for phone in contact.phones
            ],
            emails=contact.emails,
            **{name: getattr(contact, name) for name in PLAIN},
        )


PLAIN = (
    "title", "family_name", "given_name", "profession", "speciality", "category", "function", "joined_on", "skills",
    "availability", "note", "verified_on",
)  # fmt: skip
"""Fields whose value is stored as it is typed."""
