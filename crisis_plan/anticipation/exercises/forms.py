"""What people type about exercises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.exercises.descriptions import (
    LONGEST_LESSON,
    MOST_LESSONS,
    ExerciseDescription,
    Outcome,
)
from crisis_plan.anticipation.exercises.rules import (
    ExerciseKind,
    lessons_in,
)
from crisis_plan.web import attachments, uploads
from crisis_plan.web.fields import (
    CreateForm,
    EditForm,
    Form,
    FrenchDateField,
    at_most,
    choices,
    required,
)
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.exercises.models import Exercise

Rows = list[tuple[str, str, str]]
"""Field by field: its name, what is stored, what was typed."""

ANY_TYPE = SelectChoice("", "Aucun en particulier")


class ExerciseFields(Form):
    kind = SelectField("Nature", [required("Choisissez la nature de l’exercice.")], choices=choices(ExerciseKind))
    title = StringField(
        "Titre",
        [required("Donnez un titre, comme «\u00a0Exercice sur table\u00a0: canicule\u00a0»."), at_most(160)],
    )
    planned_on = FrenchDateField("Date prévue", [required("Indiquez la date prévue, comme 31/12/2026.")])
    place = StringField("Lieu", [at_most(200)])
    crisis_type = SelectField("Type de crise", choices=[ANY_TYPE, *choices(CrisisType)])
    objectives = TextAreaField(
        "Objectifs", [at_most(4_000)], description="Ce que l’exercice doit montrer ou apprendre."
    )

    def description(self) -> ExerciseDescription:
        return ExerciseDescription(
            kind=ExerciseKind(self.kind.data),
            title=self.title.data or "",
            planned_on=self.planned_on.day,
            place=self.place.data or "",
            crisis_type=CrisisType(self.crisis_type.data) if self.crisis_type.data else None,
            objectives=self.objectives.data or "",
        )


class AddExerciseForm(ExerciseFields, CreateForm):
    pass


class ExerciseForm(ExerciseFields, EditForm):
    @classmethod
    def of(cls, exercise: Exercise) -> ExerciseForm:
        form = cls(formdata=None, obj=exercise, seen_version=exercise.version)
        form.kind.data, form.crisis_type.data = exercise.kind.value, exercise.crisis_type or ""
        return form

    def beside(self, exercise: Exercise) -> Rows:
        typed = self.description()
        return [
            ("kind", exercise.kind.label, typed.kind.label),
            ("title", exercise.title, typed.title),
            ("planned_on", short_date(exercise.planned_on), short_date(typed.planned_on)),
            ("place", exercise.place, typed.place),
            ("crisis_type", _label(exercise.crisis_type), _label(typed.crisis_type)),
            ("objectives", exercise.objectives, typed.objectives),
        ]


def _label(crisis_type: CrisisType | None) -> str:
    return crisis_type.label if crisis_type else ""


class OutcomeForm(EditForm):
    """What is told once an exercise has taken place; `today` is given by the route."""

    held_on = FrenchDateField("A eu lieu le", [required("Indiquez le jour où l’exercice a eu lieu.")])
    observed = TextAreaField(
        "Ce qui a été observé",
        [at_most(8_000)],
        description="Les points forts, les points faibles, ce qui a surpris. Jamais un jugement sur une personne.",
    )
    lessons = TextAreaField(
        "Leçons à retenir",
        description="Une leçon par ligne. Une ligne laissée telle quelle reste la même leçon.",
    )

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    @classmethod
    def of(cls, exercise: Exercise, *, held_on: date, today: date) -> OutcomeForm:
        """`held_on` is proposed while nobody said the day."""
        return cls(
            today=today,
            formdata=None,
            held_on=exercise.held_on or held_on,
            observed=exercise.observed,
            lessons="\n".join(lesson.text for lesson in exercise.lessons),
            seen_version=exercise.version,
        )

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Ce jour n’est pas encore passé\u00a0: attendez que l’exercice ait eu lieu.")

    def validate_lessons(self, field: Field) -> None:
        lessons = lessons_in(field.data or "")
        if len(lessons) > MOST_LESSONS:
            raise ValidationError(f"{MOST_LESSONS} leçons au plus\u00a0: gardez l’essentiel.")
        if any(len(lesson) > LONGEST_LESSON for lesson in lessons):
            raise ValidationError(
                "Une leçon tient en 1\u202f000 caractères\u00a0: coupez la plus longue en deux lignes."
            )

    def outcome(self) -> Outcome:
        return Outcome(self.held_on.day, self.observed.data or "", lessons_in(self.lessons.data or ""))

    def beside(self, exercise: Exercise) -> Rows:
        stored = "\n".join(lesson.text for lesson in exercise.lessons)
        return [
            ("held_on", short_date(exercise.held_on), short_date(self.held_on.data)),
            ("observed", exercise.observed, self.observed.data or ""),
            ("lessons", stored, self.lessons.data or ""),
        ]


class DocumentForm(CreateForm):
    document = FileField(
        "Document (10 Mo au plus)",
        [FileRequired("Choisissez le fichier du document.")],
        description=f"{attachments.ACCEPTED}\u00a0: feuille d’émargement signée, scénario, photographie, compte rendu…",
        render_kw=uploads.AT_MOST,
    )
