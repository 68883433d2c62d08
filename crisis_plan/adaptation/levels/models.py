"""The CPTS's own ladder of levels, and what each one mobilises."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


def mobilised(what: str, table: str) -> sa.Table:
    """The table that says which rows of another room a level mobilises; either side takes the line away with it."""
    return sa.Table(
        f"level_{what}s",
        Base.metadata,
        sa.Column("level_id", sa.ForeignKey("levels.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(f"{what}_id", sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True, index=True),
    )


LEVEL_FUNCTIONS = mobilised("function", "cell_functions")
LEVEL_ITEMS = mobilised("item", "stock_items")
LEVEL_PLACES = mobilised("place", "mobilisable_places")


class Level(Identified, Base):
    """A step of the ladder. No national scale for CPTS was found: each one defines its own (domain, section 5)."""

    __tablename__ = "levels"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "folded_name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    position: Mapped[int]
    """From the lightest."""
    name: Mapped[str] = mapped_column(sa.String(80))
    folded_name: Mapped[str] = mapped_column(sa.String(80))
    criteria: Mapped[str] = mapped_column(sa.Text, default="")
    """What is observed that makes one come to this level."""
    decided_by: Mapped[str] = mapped_column(sa.String(300), default="")
    mobilises: Mapped[str] = mapped_column(sa.Text, default="")
    """What else it sets in motion, in words."""
    report_every_minutes: Mapped[int | None]
    """From one situation report to the next; none: on request."""
    silence_reminder_minutes: Mapped[int | None]
    """Without an entry in the logbook for so long, the cell is reminded (domain, section 7: 60); none: never."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    functions: Mapped[list[CellFunction]] = relationship(
        "CellFunction", secondary=LEVEL_FUNCTIONS, order_by="CellFunction.position", passive_deletes=True
    )
    items: Mapped[list[StockItem]] = relationship(
        "StockItem",
        secondary=LEVEL_ITEMS,
        secondaryjoin="and_(StockItem.id == level_items.c.item_id, StockItem.removed_at.is_(None))",
        order_by="StockItem.folded_name",
        passive_deletes=True,
    )
    """Those that are still in the stock."""
    places: Mapped[list[Place]] = relationship(
        "Place", secondary=LEVEL_PLACES, order_by="Place.folded_name", passive_deletes=True
    )
    cards: Mapped[list[ActionCard]] = relationship(
        "ActionCard", secondary="card_levels", order_by="ActionCard.position", viewonly=True
    )
    """Chosen on the card itself."""
