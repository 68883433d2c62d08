"""The stock: items, their batches, and the movements whose sum is the quantity; other means beside it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from crisis_plan.anticipation.stock.kinds import MeansKind, MovementKind
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.anticipation.directory.models import Contact


class StockItem(Identified, Base):
    """A kind of material."""

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
    count_every_months: Mapped[int | None]
    """How often it is counted; none: no count is ever due."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Once removed it is kept for its movements only; adding its name again brings it back."""

    batches: Mapped[list[StockBatch]] = relationship(
        primaryjoin="and_(StockBatch.item_id == StockItem.id, StockBatch.removed_at.is_(None))",
        back_populates="item",
        order_by="StockBatch.position",
    )
    """Those that are still there."""


class StockMovement(Identified, Base):
    """What came in or went out of a batch: never changed, never deleted, only reversed."""

    __tablename__ = "stock_movements"
    __table_args__ = (sa.UniqueConstraint("reverses_id"),)

    batch_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stock_batches.id"), index=True)
    kind: Mapped[MovementKind] = mapped_column(enum_column(MovementKind))
    change: Mapped[int]
    """What it adds to the quantity; negative for what goes out."""
    counted: Mapped[int | None]
    """What was found by a count: its `change` is the difference with what was expected."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    """None for what was there before movements were kept."""
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    reverses_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("stock_movements.id"))
    transfer_id: Mapped[uuid.UUID | None]
    """Shared by the two sides of a transfer."""

    batch: Mapped[StockBatch] = relationship(back_populates="movements")
    by: Mapped[Account | None] = relationship("Account", foreign_keys=[by_id])


REVERSAL = StockMovement.__table__.alias("reversal")


class StockBatch(Base):
    """A batch, or a plain count where nothing bears a batch number."""

    __tablename__ = "stock_batches"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    """Said here and not by `Identified`: the sum below names it."""
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stock_items.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(80), default="")
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    expires_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]

    quantity: Mapped[int] = column_property(
        sa.select(sa.func.coalesce(sa.func.sum(StockMovement.change), 0))
        .where(StockMovement.batch_id == id)
        .correlate_except(StockMovement)
        .scalar_subquery()
    )
    """The sum of its movements."""
    counted_on: Mapped[date | None] = column_property(
        sa.select(sa.func.max(StockMovement.happened_on))
        .where(
            StockMovement.batch_id == id,
            StockMovement.kind == MovementKind.COUNT,
            ~sa.exists().where(REVERSAL.c.reverses_id == StockMovement.id),
        )
        .correlate_except(StockMovement)
        .scalar_subquery()
    )
    """The day of its last count; a count that was reversed is none."""

    item: Mapped[StockItem] = relationship(back_populates="batches")
    movements: Mapped[list[StockMovement]] = relationship(back_populates="batch", passive_deletes="all")


class OtherMeans(Identified, Base):
    """What is not counted in boxes: a teleconsultation solution, a vehicle, a generator, premises."""

    __tablename__ = "other_means"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MeansKind] = mapped_column(enum_column(MeansKind))
    name: Mapped[str] = mapped_column(sa.String(160))
    capacity: Mapped[str] = mapped_column(sa.String(160), default="")
    keeper: Mapped[str] = mapped_column(sa.String(160), default="")
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    how_to_get: Mapped[str] = mapped_column(sa.Text, default="")
    """Whom to ask, where the key is: in the restricted edition only."""
    available: Mapped[str] = mapped_column(sa.String(300), default="")
    checked_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    contact: Mapped[Contact | None] = relationship("Contact")
