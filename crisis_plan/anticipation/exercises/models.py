"""The programme of exercises and awareness actions."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.kept_files import KeptFile

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class Exercise(Identified, Base):
    """Something rehearsed, taught or told, on one day of the programme."""

    __tablename__ = "exercises"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ExerciseKind] = mapped_column(enum_column(ExerciseKind))
    title: Mapped[str] = mapped_column(sa.String(160))
    planned_on: Mapped[date]
    held_on: Mapped[date | None]
    """The day on which it took place; none: still to come, or cancelled."""
    cancelled_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    crisis_type: Mapped[CrisisType | None] = mapped_column(enum_column(CrisisType))
    objectives: Mapped[str] = mapped_column(sa.Text, default="")
    observed: Mapped[str] = mapped_column(sa.Text, default="")
    call_list_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("call_lists.id", ondelete="SET NULL"))
    """Of a communications test: the calls that measured it."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def name(self) -> str:
        """« Exercice sur table : Canicule »; the kind once, where the title begins with it."""
        if self.title.casefold().startswith(self.kind.label.casefold()):
            return self.title
        return f"{self.kind.label}\u00a0: {self.title}"

    lessons: Mapped[list[ExerciseLesson]] = relationship(
        cascade="all, delete-orphan", order_by="ExerciseLesson.position"
    )
    participants: Mapped[list[ExerciseParticipant]] = relationship(
        back_populates="exercise", cascade="all, delete-orphan"
    )
    documents: Mapped[list[ExerciseDocument]] = relationship(
        back_populates="exercise", cascade="all, delete-orphan", order_by="ExerciseDocument.added_at"
    )


class ExerciseLesson(Identified, Base):
    """One thing learnt, in one sentence; the evaluation turns it into an improvement."""

    __tablename__ = "exercise_lessons"

    exercise_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("exercises.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(1000))


class ExerciseParticipant(Identified, Base):
    """Someone invited, and whether they came."""

    __tablename__ = "exercise_participants"
    __table_args__ = (sa.UniqueConstraint("exercise_id", "contact_id"),)

    exercise_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("exercises.id", ondelete="CASCADE"))
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the person has left the directory: the headcount stays, the name goes."""
    what: Mapped[str] = mapped_column(sa.String(330), default="")
    """Profession and speciality, or category and function, on the day of the invitation."""
    profession: Mapped[str] = mapped_column(sa.String(120), default="")
    """Profession, or category: by which people are counted, once the name is gone too."""
    was_present: Mapped[bool] = mapped_column(default=False)

    exercise: Mapped[Exercise] = relationship(back_populates="participants")
    contact: Mapped[Contact | None] = relationship("Contact")


class ExerciseDocument(KeptFile, Base):
    """An attendance sheet, a scenario, a photograph: kept with the exercise."""

    __tablename__ = "exercise_documents"

    exercise_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("exercises.id", ondelete="CASCADE"), index=True)

    exercise: Mapped[Exercise] = relationship(back_populates="documents")


class ExercisePace(Identified, Base):
    """How often a CPTS wants a kind of exercise, where it differs from what is proposed."""

    __tablename__ = "exercise_paces"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "kind"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    kind: Mapped[ExerciseKind] = mapped_column(enum_column(ExerciseKind))
    months: Mapped[int | None]
    """None: no pace, nothing is ever due."""
