"""What a person types of themselves. Rows left empty are simply ignored: the form works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, SelectChoice, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.campaigns.own_words import Difference, OwnWords, correction, differences, words_of
from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.drafts import PhoneDraft
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.directory.rows import (
    EmailForm,
    PhoneForm,
    PlaceForm,
    Rows,
    emails_in,
    of_region,
    phones_in,
    phones_typed,
    places_in,
)
from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.web.fields import EditForm, at_most, required

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class SeenForm(EditForm):
    """One button: the line was read as it stood at this version."""

    @classmethod
    def of(cls, version: int) -> SeenForm:
        return cls(formdata=None, seen_version=version)


class OwnPhoneForm(PhoneForm):
    is_professional = BooleanField("Mobile professionnel : il peut figurer dans l’édition publique du plan")


class OwnForm(EditForm):
    """One's own line of the directory; built with the region that the CPTS telephones from."""

    title = StringField("Civilité", [at_most(20)])
    family_name = StringField("Nom", [required("Écrivez un nom."), at_most(160)])
    given_name = StringField("Prénom", [at_most(160)])
    profession = StringField("Profession", [at_most(120)], render_kw={"list": "professions", "autocomplete": "off"})
    speciality = StringField("Spécialité", [at_most(160)])
    function = StringField("Fonction", [at_most(160)], description="À quel titre vous répondez.")
    phones = Rows(OwnPhoneForm, "Téléphones")
    emails = Rows(EmailForm, "Courriels")
    places = Rows(PlaceForm, "Lieux d’exercice")
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
        description="Seuls la CPTS, l’ARS, la CPAM et la MSA le lisent ; il n’est jamais publié. Vous pouvez changer d’avis.",
    )

    professions = PROPOSED

    def __init__(self, region: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region

    @classmethod
    def of(cls, words: OwnWords, *, version: int, region: str) -> OwnForm:
        """As the line stands, with a row to spare of each kind."""
        rows = {
            "phones": [
                row | {"is_professional": not one.is_private and is_mobile(one.number)}
                for row, one in zip(phones_typed(words.phones), words.phones, strict=True)
            ],
            "emails": [vars(one) for one in words.emails],
            "places": list(map(vars, words.places)),
        }
        plain = {name: value for name, value in vars(words).items() if name not in rows}
        form = cls(region, formdata=None, seen_version=version, **plain, **rows)
        for name in rows:
            form[name].offer_one_more()
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        of_region(self.phones, self.region)
        return super().validate(extra_validators)

    def words(self, stored: Contact) -> OwnWords:
        """What was typed; the code of a commune that did not change is kept."""
        names = ("title", "family_name", "given_name", "profession", "speciality", "function", "skills", "availability")
        return OwnWords(
            **{name: self[name].data or "" for name in names},
            phones=tuple(self._phones()),
            emails=emails_in(self.emails),
            places=places_in(self.places, stored),
            volunteer_for=tuple(one.value for one in crisis_types(self.volunteer_for.data or ())),
            mobile_consent=bool(self.mobile_consent.data),
        )

    def _phones(self) -> Iterator[PhoneDraft]:
        """A mobile is for everyone only where the person says so."""
        rows = [row for row in self.phones.data if row["number"]]
        for_everyone = {telephones.parsed(row["number"], self.region) for row in rows if row["is_professional"]}
        for one in phones_in(self.phones, self.region):
            is_personal = is_mobile(one.number) and one.number not in for_everyone
            yield replace(one, is_private=one.is_private or is_personal)

    def beside(self, stored: Contact) -> list[Difference]:
        """After a conflict: where what was typed differs from what is stored now; sending again keeps the typed."""
        self.reopen_at(stored.version)
        return differences(stored, correction(words_of(stored), self.words(stored)))
