"""What a person types of themselves. Rows left empty are simply ignored: the form works without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, FieldList, FormField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.campaigns.own_words import Difference, OwnWords, correction, differences, words_of
from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.drafts import EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.folding import folded
from crisis_plan.web.fields import EditForm, Form, at_most, email_address, required
from crisis_plan.web.formats import telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

MOST_ROWS = 20


class SeenForm(EditForm):
    """One button: the line was read as it stood at this version."""

    @classmethod
    def of(cls, version: int) -> SeenForm:
        return cls(formdata=None, seen_version=version)


class Part(Form):
    """A row of one's own form: the whole form bears the token."""

    class Meta(Form.Meta):
        csrf = False


class OwnPhone(Part):
    region = telephones.MAINLAND

    number = StringField("Téléphone", [at_most(40)], render_kw={"type": "tel"})
    is_private = BooleanField("Privé")

    def validate_number(self, field: Field) -> None:
        try:
            if field.data:
                telephones.parsed(field.data, self.region)
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None


class OwnEmail(Part):
    address = StringField("Courriel", [at_most(254), email_address], render_kw={"type": "email"})
    is_private = BooleanField("Privé")


class OwnPlace(Part):
    structure = StringField("Structure", [at_most(200)])
    address = StringField("Adresse", [at_most(300)])
    postal_code = StringField(
        "Code postal",
        [Regexp(r"([0-9]{5})?$", message="Un code postal compte 5 chiffres.")],
        render_kw={"inputmode": "numeric"},
    )
    commune = StringField("Commune", [at_most(120)])


class OwnForm(EditForm):
    """One's own line of the directory; built with the region that the CPTS telephones from."""

    title = StringField("Civilité", [at_most(20)])
    family_name = StringField("Nom", [required("Écrivez un nom."), at_most(160)])
    given_name = StringField("Prénom", [at_most(160)])
    profession = StringField("Profession", [at_most(120)], render_kw={"list": "professions", "autocomplete": "off"})
    speciality = StringField("Spécialité", [at_most(160)])
    function = StringField("Fonction", [at_most(160)], description="À quel titre vous répondez.")
    phones = FieldList(FormField(OwnPhone), "Téléphones", max_entries=MOST_ROWS)
    emails = FieldList(FormField(OwnEmail), "Courriels", max_entries=MOST_ROWS)
    places = FieldList(FormField(OwnPlace), "Lieux d’exercice", max_entries=MOST_ROWS)
    skills = StringField("Compétences utiles en crise", [at_most(400)])
    availability = StringField(
        "Disponibilité", [at_most(400)], description="Quand on peut compter sur vous : « sauf le jeudi »…"
    )
    volunteer_for = SelectMultipleField(
        "En cas de crise, je suis volontaire pour",
        choices=[SelectChoice(one.value, f"{one.label} ({one.examples})") for one in CrisisType],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    mobile_consent = BooleanField(
        "J’accepte que mon numéro de mobile privé soit gardé pour m’appeler en cas de crise",
        description="Il ne figure que dans l’édition restreinte du plan. Vous pouvez changer d’avis à tout moment.",
    )

    professions = PROPOSED

    def __init__(self, region: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region

    @classmethod
    def of(cls, words: OwnWords, *, version: int, region: str) -> OwnForm:
        """As the line stands, with a row to spare of each kind."""
        phones = [
            {"number": telephone(one.number).replace("\u00a0", " "), "is_private": one.is_private}
            for one in words.phones
        ]
        rows = {
            "phones": phones,
            "emails": [vars(one) for one in words.emails],
            "places": list(map(vars, words.places)),
        }
        plain = {name: value for name, value in vars(words).items() if name not in rows}
        form = cls(region, formdata=None, seen_version=version, **plain, **rows)
        for name in rows:
            if len(form[name]) < MOST_ROWS:
                form[name].append_entry()
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        for row in self.phones:
            row.form.region = self.region
        return super().validate(extra_validators)

    def words(self, stored: Contact) -> OwnWords:
        """What was typed; the code of a commune that did not change is kept."""
        names = ("title", "family_name", "given_name", "profession", "speciality", "function", "skills", "availability")
        return OwnWords(
            **{name: self[name].data or "" for name in names},
            phones=self._phones(),
            emails=self._emails(),
            places=self._places(stored),
            volunteer_for=tuple(one.value for one in crisis_types(self.volunteer_for.data or ())),
            mobile_consent=bool(self.mobile_consent.data),
        )

    def beside(self, stored: Contact) -> list[Difference]:
        """After a conflict: where what was typed differs from what is stored now; sending again keeps the typed."""
        self.reopen_at(stored.version)
        return differences(stored, correction(words_of(stored), self.words(stored)))

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

    def _places(self, stored: Contact) -> tuple[PlaceDraft, ...]:
        codes = {folded(place.commune): place.commune_code for place in stored.places}
        rows = (row for row in self.places.data if any(row.values()))
        return tuple(
            dict.fromkeys(PlaceDraft(**row, commune_code=codes.get(folded(row["commune"]), "")) for row in rows)
        )
