"""The stock: items, and the batches that hold their quantity."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified


class StockItem(Identified, Base):
    """A kind of material, or another means (teleconsultation, a vehicle, a generator)."""

    __tablename__ = "stock_items"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "folded_name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(160))
    folded_name: Mapped[str] = mapped_column(sa.String(160))
    """Name without accents or case: one item of a name in a CPTS."""
    category: Mapped[str] = mapped_column(sa.String(80), default="")
    unit: Mapped[str] = mapped_column(sa.String(60), default="")
    threshold: Mapped[int | None]
    """Below this total the item is short; none: no alert."""
    keeper: Mapped[str] = mapped_column(sa.String(160), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    batches: Mapped[list[StockBatch]] = relationship(
        back_populates="item", cascade="all, delete-orphan", order_by="StockBatch.position"
    )


class StockBatch(Identified, Base):
    """A batch, or a plain count where nothing bears a batch number."""

    __tablename__ = "stock_batches"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stock_items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(80), default="")
    quantity: Mapped[int]
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    expires_on: Mapped[date | None]

    item: Mapped[StockItem] = relationship(back_populates="batches")
