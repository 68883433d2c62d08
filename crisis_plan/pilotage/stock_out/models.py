"""Material that left the stock for a crisis: the movement of the stock, and the entry that tells it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.models import StockMovement
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class CrisisMovement(Identified, Base):
    """A movement of the stock made in a crisis. Never changed afterwards; a mistake is reversed in the stock."""

    __tablename__ = "crisis_movements"
    __table_args__ = (sa.UniqueConstraint("movement_id"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    movement_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stock_movements.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    given_to: Mapped[str] = mapped_column(sa.String(160), default="")

    movement: Mapped[StockMovement] = relationship("StockMovement")
    entry: Mapped[LogbookEntry] = relationship("LogbookEntry")
