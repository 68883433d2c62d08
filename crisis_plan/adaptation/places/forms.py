"""What people write of a place that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.places.descriptions import PlaceDescription, Unnamed
from crisis_plan.adaptation.places.operations import PlaceRefused
from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, WholeNumberField, at_most, choices, required
from crisis_plan.web.formats import number, short_date

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.anticipation.directory.choosing import Chooser

KINDS = (
    *("Salle des fêtes", "Gymnase", "École", "Collège", "Maison de santé", "Centre de santé"),
    *("Foyer communal", "Médiathèque", "EHPAD", "Stade", "Parking"),
)
"""Proposed for what a place is; any other word is accepted."""

RESTRICTED = "N’apparaît que dans l’édition restreinte du plan."


class PlaceFields(ChoosingForm):
    """A place; the communes are proposed, any other may be written."""

    name = StringField(
        "Nom du lieu", [required("Donnez un nom au lieu, comme «\u00a0Salle Racine\u00a0»."), at_most(160)]
    )
    kind = StringField("Nature", [at_most(80)], render_kw={"list": "kinds", "autocomplete": "off"})
    address = StringField("Adresse", [at_most(300)])
    postal_code = StringField(
        "Code postal",
        [Optional(), Regexp(r"[0-9]{5}\Z", message="Un code postal a cinq chiffres, comme 30700.")],
        render_kw={"inputmode": "numeric"},
    )
    commune = StringField("Commune", [at_most(120)], render_kw={"list": "communes", "autocomplete": "off"})
    capacity = WholeNumberField(
        "Capacité", description="Combien de personnes à la fois.", render_kw={"inputmode": "numeric"}
    )
    capacity_note = StringField(
        "Aménagement possible",
        [at_most(300)],
        description="Par exemple «\u00a03 boxes de vaccination, 40 places assises\u00a0».",
    )
    crisis_types = SelectMultipleField(
        "Sert pour ces types de crise",
        choices=choices(CrisisType),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    access = TextAreaField(
        "Accès",
        [at_most(400)],
        description="Stationnement, ambulance, fauteuils, où l’on entre. Pas de code ni de clé.",
    )
    keys = TextAreaField(
        "Clés et codes", [at_most(400)], description=f"Où sont les clés, qui les a, quel code. {RESTRICTED}"
    )
    power = StringField("Électricité", [at_most(300)], description="Groupe électrogène, prise pour en brancher un.")
    network = StringField("Réseau", [at_most(300)], description="Internet, wifi, téléphone, couverture mobile.")
    contact = ContactField(
        "Qui demander à la mairie, ou chez le propriétaire",
        nobody="Personne pour l’instant",
        description="Les numéros viennent de l’annuaire\u00a0: ils ne se recopient pas.",
    )
    checked_on = FrenchDateField("Vérifié le", description="Quand quelqu’un s’est assuré que tout cela est juste.")
    note = TextAreaField("Remarque", [at_most(2_000)])

    def __init__(self, chooser: Chooser, communes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(chooser, **kwargs)
        self.communes = communes
        self.kinds = KINDS

    def validate_capacity(self, field: Field) -> None:
        if field.data is not None and field.data < 0:
            raise ValidationError("Une capacité ne peut pas être négative.")

    def description(self) -> PlaceDescription:
        """What the accepted form says."""
        plain = {name: self[name].data for name in PLAIN}
        return PlaceDescription(
            **plain, contact_id=self.contact.contact_id, crisis_types=tuple(crisis_types(self.crisis_types.data or ()))
        )

    def refuse(self, refusal: PlaceRefused | Unnamed) -> None:
        """Put the refusal beside the field that it is about."""
        self[getattr(refusal, "field", "name")].errors = [str(refusal)]

    def beside(self, place: Place) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        typed = self.description()
        return [
            *(
                (name, getattr(place, name), self[name].data)
                for name in PLAIN
                if name not in ("capacity", "checked_on")
            ),
            ("capacity", number(place.capacity), number(typed.capacity)),
            ("crisis_types", _labels(place.crisis_types), _labels(typed.crisis_types)),
            ("contact", place.contact.name if place.contact else "", self.contact.chosen_name),
            ("checked_on", short_date(place.checked_on), short_date(typed.checked_on)),
        ]


class AddPlaceForm(PlaceFields, CreateForm):
    """A place to add."""


class PlaceForm(PlaceFields, EditForm):
    """A place as it stands."""

    @classmethod
    def of(cls, place: Place, chooser: Chooser, communes: Sequence[str]) -> PlaceForm:
        known = {name: getattr(place, name) for name in (*PLAIN, "crisis_types")}
        return cls(chooser, communes, formdata=None, contact=place.contact_id, seen_version=place.version, **known)


PLAIN = (
    *("name", "kind", "address", "postal_code", "commune", "capacity", "capacity_note"),
    *("keys", "access", "power", "network", "checked_on", "note"),
)
"""Fields whose value is stored as it is typed."""


def _labels(stored: Sequence[str]) -> str:
    return ", ".join(one.label for one in crisis_types(stored))
