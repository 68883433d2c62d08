"""What people write of the cell: a function, and the place where it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import StringField, TextAreaField

from crisis_plan.pilotage.crisis_cell.operations import PlaceDescription
from crisis_plan.web.fields import CreateForm, EditForm, Form, at_most, required

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellFunction, CellPlace


class FunctionFields(Form):
    name = StringField(
        "Nom de la fonction", [required("Donnez un nom à la fonction, comme «\u00a0Liaison\u00a0»."), at_most(160)]
    )
    task = TextAreaField(
        "Ce qu’elle fait",
        [at_most(2_000)],
        description="En deux phrases\u00a0: la personne la lira le jour de la crise.",
    )


class AddFunctionForm(FunctionFields, CreateForm):
    pass


class FunctionForm(FunctionFields, EditForm):
    @classmethod
    def of(cls, function: CellFunction) -> FunctionForm:
        return cls(formdata=None, name=function.name, task=function.task, seen_version=function.version)


class PlaceForm(EditForm):
    """One form for the place and the fallback: they are read together, at night, in a hurry."""

    name = StringField(
        "Lieu de réunion",
        [at_most(160)],
        description="Par exemple «\u00a0Maison de santé, salle du premier étage\u00a0».",
    )
    address = StringField("Adresse", [at_most(300)])
    access = TextAreaField(
        "Accès et clés",
        [at_most(2_000)],
        description="Qui a les clés, quel code, quelle porte. N’apparaît que dans l’édition restreinte du plan.",
    )
    video = StringField(
        "Lien de visioconférence",
        [at_most(300)],
        description="N’apparaît que dans l’édition restreinte du plan.",
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    telephone_bridge = StringField(
        "Pont téléphonique",
        [at_most(80)],
        description="Numéro et code de la conférence. N’apparaît que dans l’édition restreinte du plan.",
        render_kw={"autocomplete": "off"},
    )
    fallback_name = StringField(
        "Lieu de repli",
        [at_most(160)],
        description="Où se réunir si le premier lieu est fermé, inondé ou sans courant.",
    )
    fallback_address = StringField("Adresse du repli", [at_most(300)])
    fallback_access = TextAreaField(
        "Accès et clés du repli", [at_most(2_000)], description="N’apparaît que dans l’édition restreinte du plan."
    )

    @classmethod
    def of(cls, place: CellPlace | None) -> PlaceForm:
        """The form as the place is described; version 0 when nothing was written yet."""
        if place is None:
            return cls(formdata=None)
        return cls(formdata=None, obj=place, seen_version=place.version)

    def description(self) -> PlaceDescription:
        return PlaceDescription(**{name: self[name].data for name in vars(PlaceDescription())})
