"""What people write of one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.delays import in_words, parse
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.steps import StepDescription, TooManySteps
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.pilotage.crisis_cell.rules import is_same_name
from crisis_plan.web.fields import CreateForm, EditForm, Form, at_most, choices, on_one_line, required

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.part_models import CardStep
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

NO_CARE = SelectChoice("", "Sans précision")


class StepFields(Form):
    """A step. Who does it is typed: the name of a function of the cell is recognised, any other words are kept."""

    text = TextAreaField(
        "Quoi faire",
        [required("Écrivez ce qu’il faut faire, comme «\u00a0Appeler la mairie\u00a0»."), at_most(500)],
        filters=[on_one_line],
    )
    who = StringField(
        "Qui",
        [at_most(160)],
        description="Une fonction de la cellule, une profession ou un partenaire.",
        render_kw={"list": "doers", "autocomplete": "off"},
    )
    delay = StringField(
        "Délai depuis l’activation",
        description="Comme 15 min, 1 h 30 ou 2 j.",
        render_kw={"autocomplete": "off", "maxlength": "40"},
    )
    care = SelectField(
        "Type de soins",
        choices=[NO_CARE, *choices(CareKind)],
        description="Pour une étape de la continuité des soins.",
    )
    proof = StringField("Preuve que c’est fait", [at_most(300)], description="Comme «\u00a0heure d’appel notée\u00a0».")

    def __init__(self, functions: Sequence[CellFunction], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.functions = functions

    def validate_delay(self, field: Field) -> None:
        try:
            parse(field.data or "0")
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def description_in(self, phase: Phase) -> StepDescription:
        """What the accepted form says, in this phase."""
        function = self.function
        return StepDescription(
            phase=phase,
            text=self.text.data or "",
            function_id=function.id if function else None,
            who="" if function else self.who.data or "",
            delay_minutes=parse(self.delay.data) if self.delay.data else None,
            care=CareKind(self.care.data) if self.care and self.care.data else None,
            proof=self.proof.data or "",
        )

    @property
    def function(self) -> CellFunction | None:
        """The function of the cell that the words name."""
        typed = self.who.data or ""
        return next((function for function in self.functions if is_same_name(function.name, typed)), None)

    def refuse(self, refusal: TooManySteps) -> None:
        self.text.errors = [str(refusal)]


class AddStepForm(StepFields, CreateForm):
    """A step to write at the end of a phase; the three stand on one page, so each has ids of its own."""

    def __init__(self, phase: Phase, functions: Sequence[CellFunction], **kwargs: Any) -> None:
        super().__init__(functions, **kwargs)
        if phase is not Phase.CONTINUITY:
            del self.care
        for field in self:
            field.id = field.label.field_id = f"{field.id}-{phase.rank + 1}"


class StepForm(StepFields, EditForm):
    """A step as it stands."""

    phase = SelectField("Moment", choices=choices(Phase))

    @classmethod
    def of(cls, step: CardStep, functions: Sequence[CellFunction]) -> StepForm:
        return cls(functions, formdata=None, seen_version=step.version, **stored(step))

    def description(self) -> StepDescription:
        """What the accepted form says."""
        return self.description_in(Phase(self.phase.data))

    def beside(self, step: CardStep) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        typed, now = self.description(), stored(step)
        return [
            *((name, now[name], self[name].data) for name in ("text", "who", "proof")),
            ("phase", step.phase.label, typed.phase.label),
            ("delay", now["delay"], in_words(typed.delay_minutes)),
            ("care", step.care.label if step.care else "", typed.care.label if typed.care else ""),
        ]


def stored(step: CardStep) -> dict[str, Any]:
    """A step as its form shows it."""
    return {
        "text": step.text,
        "who": step.by_whom,
        "delay": step.delay,
        "proof": step.proof,
        "phase": step.phase.value,
        "care": step.care.value if step.care else "",
    }


def doers(functions: Sequence[CellFunction]) -> list[str]:
    """Proposed for who does a step: the functions of the cell, then the professions."""
    return [*(function.name for function in functions), *PROPOSED]
