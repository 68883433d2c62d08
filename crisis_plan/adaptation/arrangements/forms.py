"""What people write of a line of one of the three lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.arrangements.descriptions import ArrangementDescription
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.duration_field import DurationField
from crisis_plan.adaptation.durations import HOUR, in_words
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.adaptation.arrangements.models import Arrangement
    from crisis_plan.adaptation.arrangements.queries import Choices

NO_IDENTITY = (
    "Jamais le nom d’un patient, ni un numéro privé\u00a0: le plan imprime cette ligne dans ses deux éditions."
)
USUAL_WAITS = ("24 h", "48 h", "1 semaine")
"""Proposed; any other may be typed."""


class ArrangementFields(NobodyNamed):
    """A line; the words of the first field are those of its list."""

    care = SelectField("Type de soins")
    what = StringField(validators=[required("Dites en quelques mots de quoi il s’agit."), at_most(300)])
    within = DurationField(
        "Ne peut pas attendre plus de",
        alone=HOUR,
        description="Par exemple «\u00a024 h\u00a0», «\u00a048 h\u00a0» ou «\u00a01 semaine\u00a0». Vide\u00a0: non précisé.",
        render_kw={"list": "waits", "autocomplete": "off"},
    )
    answer = TextAreaField("Réponse", [at_most(2_000)], description=f"Ce que la CPTS fait. {NO_IDENTITY}")
    function = SelectField("Fonction de la cellule qui s’en charge")
    who = StringField(
        "Avec qui", [at_most(300)], description="Professions, services, partenaires, plutôt que des personnes."
    )
    place = SelectField("Lieu mobilisable")
    where = StringField(
        "Où, en toutes lettres", [at_most(300)], description="Si aucun lieu de la liste ne convient, ou pour préciser."
    )
    crisis_types = SelectMultipleField(
        "Types de crise",
        description="Aucun coché\u00a0: dans toutes les crises.",
        choices=choices(CrisisType),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def __init__(self, kind: ArrangementKind, known: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind, self.known, self.waits = kind, known, USUAL_WAITS
        self.what.label.text = kind.heading
        self.what.description = f"Par exemple «\u00a0{kind.example}\u00a0»."
        self.function.choices = [SelectChoice("", "Aucune"), *by_name(known.functions)]
        self.place.choices = [SelectChoice("", "Aucun"), *by_name(known.places)]
        self.care.choices = [SelectChoice("", "Autre"), *choices(CareKind)]
        if not kind.asks_care:
            del self["care"], self["within"]

    def validate_within(self, field: Field) -> None:
        if field.data and field.data % HOUR:
            raise ValidationError("Écrivez un nombre entier d’heures ou de jours, comme «\u00a024 h\u00a0».")

    def description(self) -> ArrangementDescription:
        """What the accepted form says."""
        typed: dict[str, Any] = {name: self[name].data or "" for name in PLAIN}
        if self.kind.asks_care:
            typed["care"] = CareKind(self.care.data) if self.care.data else None
            typed["within_hours"] = self.within.data // HOUR if self.within.data else None
        return ArrangementDescription(
            **typed,
            function=_named(self.known.functions, self.function.data),
            place=_named(self.known.places, self.place.data),
            crisis_types=tuple(crisis_types(self.crisis_types.data or ())),
        )

    def beside(self, line: Arrangement) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        stored, typed = in_fields(line), in_fields(self.description())
        return [(field.name, stored[field.name], typed[field.name]) for field in self if field.name in stored]


class AddArrangementForm(ArrangementFields, CreateForm):
    """A line to add."""


class ArrangementForm(ArrangementFields, EditForm):
    """A line as it stands."""

    @classmethod
    def of(cls, line: Arrangement, known: Choices) -> ArrangementForm:
        values: dict[str, Any] = {name: getattr(line, name) for name in (*PLAIN, "crisis_types")}
        values |= {"function": str(line.function_id or ""), "place": str(line.place_id or "")}
        values |= {"care": line.care or "", "within": line.within_hours and line.within_hours * HOUR}
        return cls(line.kind, known, formdata=None, seen_version=line.version, **values)


PLAIN = ("what", "answer", "who", "where")
"""Fields whose value is stored as it is typed."""


def in_fields(line: Arrangement | ArrangementDescription) -> dict[str, str]:
    """A line as its form shows it, in words."""
    return {
        **{name: getattr(line, name) for name in PLAIN},
        "care": line.care.label if line.care else "",
        "within": in_words(line.within_hours and line.within_hours * HOUR),
        "function": line.function.name if line.function else "",
        "place": line.place.name if line.place else "",
        "crisis_types": _labels(line.crisis_types),
    }


def _labels(stored: Iterable[str]) -> str:
    return ", ".join(one.label for one in crisis_types(stored))


def by_name(known: Sequence[Any]) -> list[SelectChoice]:
    """Rows to choose among, by their names."""
    return [SelectChoice(str(one.id), one.name) for one in known]


def _named(known: Sequence[Any], chosen: str | None) -> Any:
    return next((one for one in known if str(one.id) == chosen), None)
