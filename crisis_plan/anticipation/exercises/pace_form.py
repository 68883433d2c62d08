"""What people type of the pace of exercises."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from crisis_plan.anticipation.exercises.forms import Rows
from crisis_plan.anticipation.exercises.rules import MOST_MONTHS, PROPOSED, ExerciseKind, Paces, mark_of
from crisis_plan.web.fields import EditForm, Form, WholeNumberField


def a_number_of_months(_form: Form, field: Field) -> None:
    """A validator: from one month to ten years."""
    if field.data is not None and not 1 <= field.data <= MOST_MONTHS:
        raise ValidationError(f"Écrivez un nombre de mois entre 1 et {MOST_MONTHS}, ou laissez vide.")


def _pace_field(kind: ExerciseKind) -> WholeNumberField:
    months = PROPOSED[kind]
    return WholeNumberField(
        f"{kind.label}, tous les combien de mois",
        [a_number_of_months],
        description=f"Proposé\u00a0: {months} mois." if months else "Aucun rythme n’est proposé.",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class PaceForm(EditForm):
    """How often each kind is wanted; empty: never due."""

    communications_test = _pace_field(ExerciseKind.COMMUNICATIONS_TEST)
    table_top = _pace_field(ExerciseKind.TABLE_TOP)
    live = _pace_field(ExerciseKind.LIVE)
    training = _pace_field(ExerciseKind.TRAINING)
    information = _pace_field(ExerciseKind.INFORMATION)

    @classmethod
    def of(cls, paces: Paces) -> PaceForm:
        months = {kind.value: paces[kind] for kind in ExerciseKind}
        return cls(formdata=None, seen_version=mark_of(paces), **months)

    def paces(self) -> dict[ExerciseKind, int | None]:
        return {kind: self[kind.value].data for kind in ExerciseKind}

    def beside(self, paces: Paces) -> Rows:
        typed = self.paces()
        return [(kind.value, in_months(paces[kind]), in_months(typed[kind])) for kind in ExerciseKind]


def in_months(months: int | None) -> str:
    """« 6 mois », « sans rythme »."""
    return f"{months}\u00a0mois" if months else "sans rythme"
