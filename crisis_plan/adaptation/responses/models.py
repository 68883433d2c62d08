"""Action cards: who does what in the first hour, then, and so that care goes on; one printed page each."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage, CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.adaptation.levels.models import Level
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


def named_by_card(what: str, table: str) -> sa.Table:
    """The table that says which rows of another room a card names; either side takes the line away with it."""
    return sa.Table(
        f"card_{what}s",
        Base.metadata,
        sa.Column("card_id", sa.ForeignKey("action_cards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(f"{what}_id", sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True, index=True),
    )


CARD_LEVELS = named_by_card("level", "levels")
CARD_FUNCTIONS = named_by_card("function", "cell_functions")
CARD_PLACES = named_by_card("place", "mobilisable_places")


class ActionCard(Identified, Base):
    """A *fiche action*: what a professional who never opened the plan does, on one page."""

    __tablename__ = "action_cards"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    """The order of the booklet; a card's number is its rank."""
    draft: Mapped[str] = mapped_column(sa.String(40), default="")
    """The key of the shipped first draft that it comes from (`drafts`); empty for one's own."""
    title: Mapped[str] = mapped_column(sa.String(160))
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType`; empty: the card serves in every crisis, and covers none by itself."""
    orsan_plans: Mapped[list[str]] = mapped_column(default=list)
    """Values of `OrsanPlan`."""
    professions: Mapped[list[str]] = mapped_column(default=list)
    """Labels of professions (`directory.professions`); none here and no function: the card is for everyone."""
    trigger: Mapped[str] = mapped_column(sa.Text, default="")
    """When this card is taken out."""
    protection: Mapped[str] = mapped_column(sa.Text, default="")
    """How professionals are protected."""
    material_note: Mapped[str] = mapped_column(sa.Text, default="")
    """What is needed and not in the stock."""
    places_note: Mapped[str] = mapped_column(sa.Text, default="")
    stop: Mapped[str] = mapped_column(sa.Text, default="")
    """When one stops, and what is handed over."""
    reread_on: Mapped[date | None]
    """The day when someone of the CPTS last said that it is right as it stands; none: a draft nobody has read yet."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    steps: Mapped[list[CardStep]] = relationship(
        back_populates="card", cascade="all, delete-orphan", order_by="CardStep.phase_rank, CardStep.position"
    )
    materials: Mapped[list[CardMaterial]] = relationship(
        back_populates="card",
        cascade="all, delete-orphan",
        order_by="CardMaterial.position",
        collection_class=ordering_list("position"),
    )
    contacts: Mapped[list[CardContact]] = relationship(
        back_populates="card",
        cascade="all, delete-orphan",
        order_by="CardContact.position",
        collection_class=ordering_list("position"),
    )
    messages: Mapped[list[CardMessage]] = relationship(
        back_populates="card",
        cascade="all, delete-orphan",
        order_by="CardMessage.position",
        collection_class=ordering_list("position"),
    )
    levels: Mapped[list[Level]] = relationship(
        "Level", secondary=CARD_LEVELS, order_by="Level.position", passive_deletes=True
    )
    functions: Mapped[list[CellFunction]] = relationship(
        "CellFunction", secondary=CARD_FUNCTIONS, order_by="CellFunction.position", passive_deletes=True
    )
    places: Mapped[list[Place]] = relationship(
        "Place", secondary=CARD_PLACES, order_by="Place.folded_name", passive_deletes=True
    )

    def steps_of(self, phase: Phase) -> list[CardStep]:
        """The steps of one phase, in order."""
        return sorted((step for step in self.steps if step.phase is phase), key=lambda step: step.position)

    @property
    def stamp(self) -> str:
        """Other as soon as the card, a step or a part of it is: whoever signs it says which text they saw."""
        return self.updated_at.astimezone(UTC).isoformat()

    @property
    def phases(self) -> list[tuple[Phase, list[CardStep]]]:
        """The three phases, each with its steps."""
        return [(phase, self.steps_of(phase)) for phase in Phase]


class UncoveredType(Identified, Base):
    """A crisis type that no card covers, and why: « non couvert »."""

    __tablename__ = "uncovered_types"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "crisis_type"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    crisis_type: Mapped[CrisisType] = mapped_column(enum_column(CrisisType))
    reason: Mapped[str] = mapped_column(sa.String(1000))
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
