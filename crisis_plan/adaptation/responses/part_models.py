"""What an action card is made of: its steps, its material, whom it calls, its models of message."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.delays import in_words
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


class CardStep(Identified, Base):
    """A check-list item: what to do, by which function, how long after activation, and what proves it."""

    __tablename__ = "card_steps"

    card_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="CASCADE"), index=True)
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    phase_rank: Mapped[int]
    """The rank of its phase, so that a list is ordered by the database."""
    position: Mapped[int]
    """In its phase, from 0 without gaps."""
    text: Mapped[str] = mapped_column(sa.String(500))
    function_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("cell_functions.id", ondelete="SET NULL"), index=True
    )
    who: Mapped[str] = mapped_column(sa.String(160), default="")
    """A profession or a partner, where it is not a function of the cell."""
    delay_minutes: Mapped[int | None]
    """After activation: T+15 min."""
    care: Mapped[CareKind | None] = mapped_column(enum_column(CareKind))
    """Of a step of continuity: which kind of care."""
    proof: Mapped[str] = mapped_column(sa.String(300), default="")
    """What shows that it is done; often nothing."""
    version: Mapped[int] = mapped_column(default=1)

    card: Mapped[ActionCard] = relationship(back_populates="steps")
    function: Mapped[CellFunction | None] = relationship("CellFunction")

    @property
    def by_whom(self) -> str:
        """The function as the CPTS calls it today, or the words that stand for who does it; empty: not said."""
        return self.function.name if self.function else self.who

    @property
    def delay(self) -> str:
        """« T+15 min », or nothing."""
        return in_words(self.delay_minutes)


class CardMaterial(Identified, Base):
    """An item of the stock that the card needs, and how much."""

    __tablename__ = "card_materials"

    card_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stock_items.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int | None]
    """In the item's unit."""
    version: Mapped[int] = mapped_column(default=1)

    card: Mapped[ActionCard] = relationship(back_populates="materials")
    item: Mapped[StockItem] = relationship("StockItem")


class CardContact(Identified, Base):
    """Whom to call, as a function: « SAMU, régulation ». Numbers come from the directory when the card is read."""

    __tablename__ = "card_contacts"

    card_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(160))
    function_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("cell_functions.id", ondelete="SET NULL"), index=True
    )
    """A function of the cell: whoever holds it on the day."""
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """A service or a person of the directory."""
    version: Mapped[int] = mapped_column(default=1)

    card: Mapped[ActionCard] = relationship(back_populates="contacts")
    function: Mapped[CellFunction | None] = relationship("CellFunction")
    contact: Mapped[Contact | None] = relationship("Contact")


class CardMessage(Identified, Base):
    """A model of message: to whom, what it says."""

    __tablename__ = "card_messages"

    card_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    audience: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)

    card: Mapped[ActionCard] = relationship(back_populates="messages")
