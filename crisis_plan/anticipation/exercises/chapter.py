"""The programme of exercises and its last results, as the plan prints them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from crisis_plan.anticipation.exercises import measures, queries
from crisis_plan.anticipation.exercises.attendance import Headcount
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson
from crisis_plan.anticipation.exercises.results import Held
from crisis_plan.document.blocks import Block, Column, Row, Table
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, number, short_date

AHEAD = 12
"""Months of the programme that are printed."""

PLANNED = (
    Column("Date", 0.9),
    Column("Nature", 1.3),
    Column("Titre", 1.8),
    Column("Type de crise", 1.4),
    Column("Lieu", 1.4),
)
HELD = (
    Column("Nature", 1.2),
    Column("Titre", 1.5),
    Column("Date", 0.8),
    Column("Participants", 1.2),
    Column("Réponses mesurées", 1.6),
    Column("Leçons", 0.6, numeric=True),
)

TAUGHT = (Column("Exercice", 1.6), Column("Date", 0.8), Column("Leçon", 3.6))


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """What the coming year plans, and the last exercise of each kind with what it showed."""
    planned = queries.to_come(cpts, today, add_months(today, AHEAD))
    held = queries.last_held(cpts, today)
    headcounts = queries.headcounts([one.exercise.id for one in held if one.exercise])
    return (
        Table(
            "Programme des 12 mois à venir",
            PLANNED,
            tuple(map(_planned_row, planned)),
            empty="Aucun exercice n’est programmé.",
        ),
        Table(
            "Dernier exercice de chaque nature",
            HELD,
            tuple(_held_row(cpts, one, headcounts) for one in held),
            empty="Aucun exercice n’a encore eu lieu.",
        ),
    )


def lessons(cpts: Cpts, _today: date) -> tuple[Block, ...]:
    """What the exercises that were told have taught; nothing while none did."""
    rows = tuple(_lesson_row(exercise, lesson) for exercise in queries.told(cpts) for lesson in exercise.lessons)
    return (Table("Leçons des exercices", TAUGHT, rows),) if rows else ()


def _lesson_row(exercise: Exercise, lesson: ExerciseLesson) -> Row:
    day = short_date(exercise.held_on)
    return Row((exercise.name, day, lesson.text), key=f"lecon-{lesson.id}")


def _planned_row(one: Exercise) -> Row:
    crisis_type = one.crisis_type.label if one.crisis_type else ""
    cells = (short_date(one.planned_on), one.kind.label, one.title, crisis_type, one.place)
    return Row(cells, key=f"exercice-{one.id}")


def _held_row(cpts: Cpts, one: Held, headcounts: Mapping[UUID, Headcount]) -> Row:
    people = headcounts[one.exercise.id] if one.exercise else Headcount()
    came = f"{counted(people.present, 'présent')} sur {counted(people.invited, 'invité')}" if people.invited else ""
    cells = (
        one.kind.label,
        one.title,
        short_date(one.day),
        came,
        measures.measured_by(cpts, one.list_id).in_words if one.list_id else "",
        number(len(one.exercise.lessons) if one.exercise else 0),
    )
    return Row(cells, key=f"dernier-{one.kind.value}")
