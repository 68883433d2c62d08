"""The one list of what is to be improved, wherever the lesson came from."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.evaluation.improvements import rules
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.kept_files import KeptFile

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.evaluation.debriefs.models import DebriefFinding
    from crisis_plan.publication.models import Publication


class Improvement(Identified, Base):
    """Something that a crisis, an exercise or an opinion taught to do better: by whom, by when, where in the plan."""

    __tablename__ = "improvements"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "number"),)
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    number: Mapped[int]
    """In its CPTS, from 1 without gaps."""
    text: Mapped[str] = mapped_column(sa.String(500))
    """What will be done, as a verb."""
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    origin_words: Mapped[str] = mapped_column(sa.String(300), default="")
    """« Crise n° 1 : Canicule, constat n° 3 »: as it was called when it was decided."""
    finding_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("debrief_findings.id"), index=True)
    exercise_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exercises.id", ondelete="SET NULL"), index=True
    )
    lesson_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exercise_lessons.id", ondelete="SET NULL"), index=True
    )
    opinion_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("opinions.id"), index=True)
    owner_account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    owner_name: Mapped[str] = mapped_column(sa.String(160), default="")
    """Who does it: the account's name on that day, or somebody without an account."""
    due_on: Mapped[date | None]
    """None only for what was refused at once."""
    section_key: Mapped[str] = mapped_column(sa.String(40), default="")
    """The requirement that it changes; empty: a card, or something outside the text of the plan."""
    card_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="SET NULL"), index=True)
    target: Mapped[str] = mapped_column(sa.String(200), default="")
    """Where in the plan, in words: the title of the section or of the card when it was chosen, or free words."""
    state: Mapped[ImprovementState] = mapped_column(enum_column(ImprovementState), default=ImprovementState.OPEN)
    word: Mapped[str] = mapped_column(sa.Text, default="")
    """The proof of what is done, the reason of what is refused; of what is in progress, how far it is."""
    changed_at: Mapped[datetime]
    """When its state last changed."""
    changed_by_name: Mapped[str] = mapped_column(sa.String(160))
    publication_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("publications.id"), index=True)
    """The first published version whose change list names it as done; none yet."""
    reminded_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    created_by_name: Mapped[str] = mapped_column(sa.String(160))
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[Account | None] = relationship("Account", foreign_keys=[owner_account_id])
    finding: Mapped[DebriefFinding | None] = relationship("DebriefFinding", viewonly=True)
    publication: Mapped[Publication | None] = relationship("Publication")
    steps: Mapped[list[ImprovementStep]] = relationship(back_populates="improvement", order_by="ImprovementStep.number")
    documents: Mapped[list[ImprovementDocument]] = relationship(
        back_populates="improvement", order_by="ImprovementDocument.added_at"
    )

    @property
    def name(self) -> str:
        """« Amélioration n° 3 »."""
        return rules.name(self.number)

    @property
    def may_be_changed(self) -> bool:
        """Whether what, who, when and where may still be: what is done was cited as it was."""
        return self.state is not ImprovementState.DONE

    @property
    def has_owner_and_day(self) -> bool:
        """Whether somebody does it by some day; not so of what was refused at once."""
        return bool(self.owner_name and self.due_on)

    @property
    def awaits_a_version(self) -> bool:
        """Whether it is done and the next published version will name it."""
        return self.state is ImprovementState.DONE and self.publication_id is None

    def is_overdue(self, today: date) -> bool:
        """Whether it should be done by now."""
        return rules.is_overdue(self, today)


class ImprovementStep(Identified, Base):
    """One change of an improvement: never changed afterwards."""

    __tablename__ = "improvement_steps"
    __table_args__ = (sa.UniqueConstraint("improvement_id", "number"),)

    improvement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("improvements.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    by_name: Mapped[str] = mapped_column(sa.String(160))
    state: Mapped[ImprovementState] = mapped_column(enum_column(ImprovementState))
    """As it stands after this step."""
    word: Mapped[str] = mapped_column(sa.Text, default="")
    """What was said of it: the proof, the reason, how far it is, what was changed of who or when."""

    improvement: Mapped[Improvement] = relationship(back_populates="steps")


class ImprovementDocument(KeptFile, Base):
    """A document that proves that it is done."""

    __tablename__ = "improvement_documents"

    improvement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("improvements.id"), index=True)

    improvement: Mapped[Improvement] = relationship(back_populates="documents")
