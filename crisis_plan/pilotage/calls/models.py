"""Call lists: the same for a communications test, an exercise and a crisis."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.calls.rules import Channel, Outcome, Purpose

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.crises.models import Crisis


class CallList(Identified, Base):
    """People to reach, shared by those who call."""

    __tablename__ = "call_lists"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    title: Mapped[str] = mapped_column(sa.String(160))
    audience: Mapped[str] = mapped_column(sa.String(300))
    """Who was chosen, in words."""
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    message: Mapped[str] = mapped_column(sa.Text, default="")
    """What callers say, or what is sent."""
    opened_at: Mapped[datetime]
    """The clock of every measure starts here."""
    opened_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    last_change: Mapped[int] = mapped_column(default=0)
    """Counts the changes of its lines: a telephone asks for those after the last one that it has seen."""

    cpts: Mapped[Cpts] = relationship("Cpts")
    opened_by: Mapped[Account] = relationship("Account", foreign_keys=[opened_by_id])
    closed_by: Mapped[Account | None] = relationship("Account", foreign_keys=[closed_by_id])
    crisis: Mapped[Crisis | None] = relationship("Crisis", secondary="crisis_call_lists", viewonly=True)
    """The crisis or exercise that people are called for; none for a communications test."""
    lines: Mapped[list[CallLine]] = relationship(
        back_populates="call_list", cascade="all, delete-orphan", order_by="CallLine.position"
    )


class CallLine(Identified, Base):
    """One person of a call list, as things stand."""

    __tablename__ = "call_lines"
    __table_args__ = (sa.UniqueConstraint("list_id", "contact_id"),)

    list_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("call_lists.id", ondelete="CASCADE"))
    position: Mapped[int]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the person has left the directory: `name` stays while the list is evidence."""
    name: Mapped[str] = mapped_column(sa.String(330))
    what: Mapped[str] = mapped_column(sa.String(330), default="")
    """Profession, or category and function, on the day of the call."""
    profession: Mapped[str] = mapped_column(sa.String(120), default="")
    """Profession, or category, by which the results are counted."""
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    """Of the last attempt; none: nobody tried yet."""
    attempts_count: Mapped[int] = mapped_column(default=0)
    last_attempt_at: Mapped[datetime | None]
    comes: Mapped[bool | None]
    available_at: Mapped[datetime | None]
    """From when, for who comes."""
    answered_at: Mapped[datetime | None]
    """When the person was first reached; none again once that is corrected."""
    claimed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    claimed_at: Mapped[datetime | None]
    """Someone is calling right now: nobody is called twice at once."""
    changed: Mapped[int] = mapped_column(default=0)
    """The list's `last_change` when this line last changed."""

    call_list: Mapped[CallList] = relationship(back_populates="lines")
    contact: Mapped[Contact | None] = relationship("Contact")
    claimed_by: Mapped[Account | None] = relationship("Account")
    attempts: Mapped[list[CallAttempt]] = relationship(
        back_populates="line", order_by="CallAttempt.at", passive_deletes="all"
    )


class CallAttempt(Identified, Base):
    """One attempt to reach someone, never edited afterwards."""

    __tablename__ = "call_attempts"

    line_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("call_lines.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    """None: the person answered alone, by the personal link."""
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    comes: Mapped[bool | None]
    available_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    line: Mapped[CallLine] = relationship(back_populates="attempts")
    by: Mapped[Account | None] = relationship("Account")
