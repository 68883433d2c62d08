"""Places, telephones and e-mails as people type them, a row each, of a contact or of oneself.

Rows left empty are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, FieldList, FormField, StringField
from wtforms.validators import Regexp, ValidationError

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.drafts import EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.folding import folded
from crisis_plan.web.fields import Form, at_most, email_address
from crisis_plan.web.formats import telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact, ContactPhone

SPARE_UNDER = 20
"""A contact that has fewer rows is offered an empty one more."""
MOST_TYPED = 100
"""What is stored is shown, however many rows it takes; more than this is not taken from a form."""


class Part(Form):
    """A row of the contact's form: the whole form bears the token."""

    class Meta(Form.Meta):
        csrf = False


class Rows(FieldList):
    """Rows of one kind: all that are stored are shown; only what is typed is bounded."""

    def __init__(self, row: type[Part], label: str, **kwargs: Any) -> None:
        super().__init__(FormField(row), label, [at_most_rows], **kwargs)

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """One row more than may be typed is enough to know that there are too many."""
        self.max_entries = MOST_TYPED + 1 if formdata else None
        super().process(formdata, *args, **kwargs)

    def offer_one_more(self) -> None:
        """An empty row to fill, unless there is one."""
        if len(self) < SPARE_UNDER and all(any(row.data.values()) for row in self):
            self.append_entry()


def at_most_rows(_form: Form, field: FieldList) -> None:
    """A validator: no form brings more rows than this."""
    if len(field) > MOST_TYPED:
        raise ValidationError(f"{MOST_TYPED} lignes au plus : videz celles qui ne servent pas.")


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


def of_region(rows: FieldList, region: str) -> None:
    """Have the telephones read as that region writes them."""
    for row in rows:
        row.form.region = region


def phones_typed(phones: Iterable[PhoneDraft | ContactPhone]) -> list[dict[str, Any]]:
    """Telephones as their rows show them."""
    return [{"number": telephone(one.number).replace("\u00a0", " "), "is_private": one.is_private} for one in phones]


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
