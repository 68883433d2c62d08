"""Tasks of a crisis: from the action cards, or by hand. They belong to a function: who takes it inherits them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.tasks.rules import TaskState

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction


class CrisisTask(Identified, Base):
    """Something to do in a crisis; every change of it is an entry of the logbook."""

    __tablename__ = "crisis_tasks"
    __table_args__ = (sa.UniqueConstraint("crisis_id", "step_id"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(500))
    function_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("crisis_functions.id"), index=True)
    who: Mapped[str] = mapped_column(sa.String(160), default="")
    """A profession or a partner, where it is not a function of the cell."""
    card_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="SET NULL"), index=True)
    card_title: Mapped[str] = mapped_column(sa.String(160), default="")
    """The card it comes from; empty: written by hand."""
    step_id: Mapped[uuid.UUID | None]
    """Which step of the card: a card taken out twice adds what is new. Its identity stays when the card changes."""
    is_first_hour: Mapped[bool] = mapped_column(default=False)
    care: Mapped[CareKind | None] = mapped_column(enum_column(CareKind))
    """Of a task of continuity: which kind of care."""
    proof: Mapped[str] = mapped_column(sa.String(300), default="")
    """What shows that it is done."""
    due_at: Mapped[datetime | None]
    """T and the delay of the card; none: no hour was set."""
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState), default=TaskState.TO_DO)
    word: Mapped[str] = mapped_column(sa.String(500), default="")
    """What was said when it was done, dropped or handed over."""
    changed_at: Mapped[datetime]
    changed_by_name: Mapped[str] = mapped_column(sa.String(160))
    entry_number: Mapped[int | None]
    """The entry of the logbook that tells its last change."""
    version: Mapped[int] = mapped_column(default=1)

    function: Mapped[CrisisFunction | None] = relationship("CrisisFunction")
