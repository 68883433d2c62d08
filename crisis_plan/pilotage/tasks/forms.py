"""What people write of a task: a tick, a word, its text, its function, its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from wtforms import Field, HiddenField, IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, ValidationError

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.duration_field import DurationField
from crisis_plan.pilotage.tasks.operations import TaskDescription
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.pilotage.tasks.ticks import Tick
from crisis_plan.web.fields import (
    NOT_OF_THE_LIST,
    CreateForm,
    EditForm,
    Form,
    at_most,
    choices,
    on_one_line,
    required,
)
from crisis_plan.web.formats import moment
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction
    from crisis_plan.pilotage.tasks.models import CrisisTask

NO_FUNCTION = SelectChoice("", "Aucune fonction")
NO_CARE = SelectChoice("", "Aucun en particulier")


class TickForm(CreateForm):
    """One gesture; `device_at` is filled by the device where it was made without network."""

    device_at = HiddenField()

    def tick(self, state: TaskState) -> Tick:
        return Tick(state, key=self.key, device_at=self._device_at())

    def _device_at(self) -> datetime | None:
        """The device's clock, right or wrong: the logbook says which it believes."""
        try:
            typed = datetime.fromisoformat(self.device_at.data or "")
        except (ValueError, OverflowError):
            return None
        return typed if typed.tzinfo else None


class SayForm(NobodyNamed, CreateForm):
    """Where the task stands, and a word about it."""

    state = RadioField(
        "Où en est-elle\u00a0?",
        [required("Dites où en est la tâche."), AnyOf([one.value for one in TaskState], message=NOT_OF_THE_LIST)],
        choices=choices(TaskState),
        validate_choice=False,
    )
    word = StringField(
        "Un mot",
        [at_most(500)],
        description="Nécessaire pour abandonner une tâche ou la rouvrir. Jamais le nom d’un patient.",
        render_kw={"autocomplete": "off"},
    )
    seen_entry = IntegerField(widget=HiddenField.widget, default=0)

    @classmethod
    def of(cls, task: CrisisTask) -> SayForm:
        return cls(formdata=None, state=task.state.value, seen_entry=task.entry_number or 0)

    def reopen_at(self, task: CrisisTask) -> None:
        """After a conflict was shown: sending again says so over what was ticked meanwhile."""
        self.seen_entry.data, self.seen_entry.raw_data = task.entry_number or 0, None

    def said(self) -> Tick:
        return Tick(TaskState(self.state.data), self.word.data or "", self.key)


class TaskFields(NobodyNamed, Form):
    """What is to be done, by whom, before when."""

    text = TextAreaField(
        "Quoi faire",
        [required("Écrivez ce qu’il faut faire, comme «\u00a0Rappeler la mairie\u00a0»."), at_most(500)],
        filters=[on_one_line],
    )
    function = SelectField("Fonction", choices=[NO_FUNCTION], description="Qui tient la fonction a la tâche.")
    who = StringField(
        "Ou qui d’autre",
        [at_most(160)],
        description="Une profession ou un partenaire, si ce n’est pas une fonction de la cellule.",
        render_kw={"autocomplete": "off"},
    )
    due = MomentField("À faire avant")
    care = SelectField("Continuité\u00a0: type de soins", choices=[NO_CARE, *choices(CareKind)])

    def __init__(self, functions: Sequence[CrisisFunction], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.functions = {str(one.id): one for one in functions}
        self.function.choices = [NO_FUNCTION, *(SelectChoice(key, one.name) for key, one in self.functions.items())]

    def description(self, cpts: Cpts, now: datetime) -> TaskDescription:
        """What the accepted form says."""
        function = self.functions.get(self.function.data or "")
        return TaskDescription(
            text=self.text.data or "",
            function=function,
            who="" if function else self.who.data or "",
            due_at=self.due_at(cpts, now),
            care=CareKind(self.care.data) if self.care.data else None,
        )

    def due_at(self, cpts: Cpts, _now: datetime) -> datetime | None:
        return self.due.at(cpts)


class AddTaskForm(TaskFields, CreateForm):
    """A task by hand: due in so long, or at an hour."""

    within = DurationField(
        "À faire dans", description="Comme 30 min ou 2 h.", render_kw={"autocomplete": "off", "maxlength": "40"}
    )

    def validate_within(self, field: Field) -> None:
        if field.data and self.due.data:
            raise ValidationError("Dites dans combien de temps, ou à quelle heure\u00a0: l’un des deux.")

    def due_at(self, cpts: Cpts, now: datetime) -> datetime | None:
        return now + timedelta(minutes=self.within.data) if self.within.data else self.due.at(cpts)


class TaskForm(TaskFields, EditForm):
    """A task as it stands; the word goes to the logbook with what changed."""

    word = StringField(
        "Un mot",
        [at_most(500)],
        description="Pourquoi elle change de main ou d’heure.",
        render_kw={"autocomplete": "off"},
    )

    @classmethod
    def of(cls, task: CrisisTask, functions: Sequence[CrisisFunction], cpts: Cpts) -> TaskForm:
        return cls(
            functions,
            formdata=None,
            text=task.text,
            function=str(task.function_id or ""),
            who=task.who,
            due=as_typed(task.due_at, cpts),
            care=task.care.value if task.care else "",
            seen_version=task.version,
        )

    def beside(self, task: CrisisTask, cpts: Cpts, now: datetime) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        typed = self.description(cpts, now)
        return [
            ("text", task.text, typed.text),
            ("function", task.function.name if task.function else "", typed.function.name if typed.function else ""),
            ("who", task.who, typed.who),
            ("due", moment(task.due_at, cpts), moment(typed.due_at, cpts)),
            ("care", task.care.label if task.care else "", typed.care.label if typed.care else ""),
        ]
