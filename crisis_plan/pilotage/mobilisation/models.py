"""Members' time and actions carried out: the two counts of the claim (domain, section 10)."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified


class Person:
    """The columns that say who it was, whatever becomes of the directory."""

    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the person has left the directory, or was never in it."""
    person_key: Mapped[str] = mapped_column(sa.String(40))
    """The same for the same person in a crisis, kept when the contact goes: distinct people are counted by it."""
    name: Mapped[str] = mapped_column(sa.String(330))
    profession: Mapped[str] = mapped_column(sa.String(120), default="")


class TimeSpent(Person, Identified, Base):
    """Someone worked for the crisis from one moment to another."""

    __tablename__ = "crisis_times"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """None: still at work."""
    what: Mapped[str] = mapped_column(sa.String(300), default="")
    recorded_at: Mapped[datetime]
    recorded_by_name: Mapped[str] = mapped_column(sa.String(160))
    entry_number: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    """Recorded by mistake: no longer counted, still readable."""
    version: Mapped[int] = mapped_column(default=1)


class ActionCarriedOut(Identified, Base):
    """An action of the plan that was carried out: an action card, or a plan action named by hand."""

    __tablename__ = "crisis_actions"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    card_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="SET NULL"), index=True)
    action_key: Mapped[str] = mapped_column(sa.String(200))
    """The same for the same action of the plan: distinct actions are counted by it."""
    label: Mapped[str] = mapped_column(sa.String(160))
    happened_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(sa.String(500), default="")
    recorded_at: Mapped[datetime]
    recorded_by_name: Mapped[str] = mapped_column(sa.String(160))
    entry_number: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    people: Mapped[list[ActionPerson]] = relationship(back_populates="action", order_by="ActionPerson.name")


class ActionPerson(Person, Identified, Base):
    """Someone who carried out an action."""

    __tablename__ = "crisis_action_people"

    action_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crisis_actions.id"), index=True)

    action: Mapped[ActionCarriedOut] = relationship(back_populates="people")
