"""Situation reports: prefilled, edited, then issued once and for all."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified
from crisis_plan.pilotage.situation_reports.rules import report_name

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import Crisis
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class SituationReport(Identified, Base):
    """A *point de situation*: a draft while it has no number; once issued the database refuses any change."""

    __tablename__ = "situation_reports"
    __table_args__ = (sa.UniqueConstraint("crisis_id", "number"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"))
    number: Mapped[int | None]
    """Given when it is issued."""
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The headings of the form (domain, section 8) and what is written under each."""
    next_point_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime]
    drafted_by_name: Mapped[str] = mapped_column(sa.String(160))
    last_entry_number: Mapped[int]
    """The last entry of the logbook that it knows of."""
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    issued_by_name: Mapped[str] = mapped_column(sa.String(160), default="")
    entry_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    content: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """The frozen document (`document.serial`), once issued."""
    pdf: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    pdf_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    crisis: Mapped[Crisis] = relationship("Crisis")
    entry: Mapped[LogbookEntry | None] = relationship("LogbookEntry")

    @property
    def name(self) -> str:
        """« Point de situation n° 3 »; a draft has no number yet."""
        return report_name(self.number) if self.number else "Brouillon du point de situation"
