"""The contract's own documents, and the reminders of its deadlines that were written."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.kept_files import KeptFile
from crisis_plan.organisations.rules import MissionSource


class ContractDocument(KeptFile, Base):
    """The signed contract or amendment, as the CPTS keeps it. The latest one of each counts; the others stay."""

    __tablename__ = "contract_documents"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    source: Mapped[MissionSource] = mapped_column(enum_column(MissionSource))


class DeadlineReminder(Identified, Base):
    """A reminder of a deadline that was written: once a stage, whatever cron does."""

    __tablename__ = "deadline_reminders"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "deadline", "due_on", "stage"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    deadline: Mapped[str] = mapped_column(sa.String(40))
    due_on: Mapped[date]
    stage: Mapped[str] = mapped_column(sa.String(20))
    """« month », « week », « day », « late-3 »: the third week after it."""
    sent_at: Mapped[datetime]
