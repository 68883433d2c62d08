"""Places, telephones and e-mails of a contact, a row each. Rows left empty are ignored."""

from __future__ import annotations

from wtforms import BooleanField, Field, FieldList, StringField
from wtforms.validators import Regexp, ValidationError

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.drafts import EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.folding import folded
from crisis_plan.web.fields import Form, at_most, email_address


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


def places_in(rows: FieldList, stored: Contact | None) -> tuple[PlaceDraft, ...]:
    """The places typed; the code of a commune, which the form does not show, is kept from `stored`."""
    codes = {folded(place.commune): place.commune_code for place in stored.places} if stored else {}
    found = (
        PlaceDraft(**row, commune_code=codes.get(folded(row["commune"]), "")) for row in rows.data if any(row.values())
    )
    return tuple(dict.fromkeys(found))


def phones_in(rows: FieldList, region: str) -> tuple[PhoneDraft, ...]:
    """The telephones typed, each number once."""
    found: dict[str, PhoneDraft] = {}
    for row in rows.data:
        if row["number"]:
            number = telephones.parsed(row["number"], region)
            found.setdefault(number, PhoneDraft(number, row["is_private"]))
    return tuple(found.values())


def emails_in(rows: FieldList) -> tuple[EmailDraft, ...]:
    """The addresses typed, each once."""
    found: dict[str, EmailDraft] = {}
    for row in rows.data:
        if row["address"]:
            found.setdefault(row["address"], EmailDraft(row["address"], row["is_private"]))
    return tuple(found.values())
