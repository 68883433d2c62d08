"""The three dated facts: each saying is kept, and a later one of the same fact corrects it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.rules import Part

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class CrisisFact(Identified, Base):
    """What an authority did, as someone of the cell recorded it. Append only: the logbook's entry holds its document."""

    __tablename__ = "crisis_facts"
    __table_args__ = (sa.UniqueConstraint("corrects_id"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    kind: Mapped[FactKind] = mapped_column(enum_column(FactKind))
    happened_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(sa.String(160))
    """ARS, préfet…"""
    person: Mapped[str] = mapped_column(sa.String(160), default="")
    """Who signed it, or said it."""
    text: Mapped[str] = mapped_column(sa.Text, default="")
    """What was decided or asked, and until when."""
    orsan_plans: Mapped[list[str]] = mapped_column(default=list)
    """Of a trigger: values of `OrsanPlan`."""
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("crisis_facts.id"))
    """The fact that this one replaces: it stays readable."""
    is_withdrawal: Mapped[bool] = mapped_column(default=False)
    """Says that the fact it corrects did not happen; `text` says why."""
    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    recorded_by_name: Mapped[str] = mapped_column(sa.String(160))

    entry: Mapped[LogbookEntry] = relationship("LogbookEntry")

    @property
    def has_documents(self) -> bool:
        """Whether its own entry holds a document."""
        return bool(self.entry.said.attachments)

    @property
    def was_after_closing(self) -> bool:
        """Whether it was recorded once the crisis was closed: its entry is of the sealed annex."""
        return self.entry.part is Part.ANNEX
