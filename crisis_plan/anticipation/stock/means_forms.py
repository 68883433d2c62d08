"""What people type about another means."""

from __future__ import annotations

from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory.choosing import Chooser
from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.anticipation.stock.kinds import MeansKind
from crisis_plan.anticipation.stock.means_operations import MeansDescription
from crisis_plan.anticipation.stock.models import OtherMeans
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, at_most, choices, required
from crisis_plan.web.formats import short_date


class MeansFields(ChoosingForm):
    kind = RadioField(
        "Quel moyen", [required("Choisissez la nature de ce moyen.")], choices=choices(MeansKind), validate_choice=False
    )
    name = StringField(
        "Désignation", [required("Donnez un nom, comme «\u00a0Minibus de la mairie\u00a0»."), at_most(160)]
    )
    capacity = StringField(
        "Combien, ou quelle capacité",
        [at_most(160)],
        description="Par exemple «\u00a012 licences\u00a0», «\u00a09 places\u00a0», «\u00a05 kW\u00a0».",
    )
    keeper = StringField("Qui s’en occupe", [at_most(160)])
    contact = ContactField("Contact dans l’annuaire", nobody="Aucun contact")
    how_to_get = TextAreaField(
        "Comment l’obtenir",
        [at_most(2_000)],
        description="Qui appeler, où est la clé. N’apparaît que dans l’édition restreinte du plan.",
    )
    available = StringField(
        "Quand il est disponible", [at_most(300)], description="Par exemple «\u00a0la nuit et le week-end\u00a0»."
    )
    checked_on = FrenchDateField("Vérifié le")
    note = TextAreaField("Remarque", [at_most(2_000)])

    def validate_kind(self, field: Field) -> None:
        if field.data not in {kind.value for kind in MeansKind}:
            raise ValidationError("Choisissez la nature de ce moyen.")

    def description(self) -> MeansDescription:
        """What the accepted form says."""
        said = {name: self[name].data for name in ("name", "capacity", "keeper", "how_to_get", "available", "note")}
        return MeansDescription(
            MeansKind(self.kind.data), contact_id=self.contact.contact_id, checked_on=self.checked_on.data, **said
        )


class AddMeansForm(MeansFields, CreateForm):
    pass


class MeansForm(MeansFields, EditForm):
    @classmethod
    def of(cls, means: OtherMeans, contacts: Chooser) -> MeansForm:
        return cls(contacts, formdata=None, obj=means, contact=means.contact_id, seen_version=means.version)

    def beside(self, means: OtherMeans) -> list[tuple[Any, ...]]:
        """Field by field, what is stored and what was typed."""
        texts = ("name", "capacity", "keeper", "how_to_get", "available", "note")
        return [
            ("kind", means.kind.label, MeansKind(self.kind.data).label),
            *((name, getattr(means, name), self[name].data) for name in texts),
            ("contact", means.contact.name if means.contact else "", self.contact.chosen_name),
            ("checked_on", short_date(means.checked_on), short_date(self.checked_on.data)),
        ]
