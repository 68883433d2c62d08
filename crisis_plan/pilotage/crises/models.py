"""A crisis or an exercise: its alert, its level, and what was frozen when it opened."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.crises.rules import LATE_AFTER_MINUTES, Mode, Stage, named, stage

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.organisations.models import Cpts


class Crisis(Identified, Base):
    """A serious crisis, or an exercise that plays one; once closed the database refuses any change."""

    __tablename__ = "crises"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "mode", "number"),)
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    mode: Mapped[Mode] = mapped_column(enum_column(Mode))
    number: Mapped[int]
    """Counted apart for crises and exercises of one CPTS, from 1."""
    title: Mapped[str] = mapped_column(sa.String(160))
    crisis_type: Mapped[CrisisType] = mapped_column(enum_column(CrisisType))
    level_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("levels.id", ondelete="SET NULL"), index=True)
    level_name: Mapped[str] = mapped_column(sa.String(80))
    """As the level was called when it was chosen."""
    silence_minutes: Mapped[int | None]
    """From the level: without an entry for so long the cell is reminded; none: never."""
    report_every_minutes: Mapped[int | None]
    """From the level: the pace of the situation points; none: on request."""
    late_after_minutes: Mapped[int] = mapped_column(default=LATE_AFTER_MINUTES)
    """The gap between a fact and its entry from which a reason is required."""
    opened_at: Mapped[datetime]
    """T: what the delays of the cards count from."""
    opened_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    opened_by_name: Mapped[str] = mapped_column(sa.String(160))
    next_point_at: Mapped[datetime | None]
    """When the cell next takes stock."""
    place: Mapped[str] = mapped_column(sa.String(500), default="")
    """Where the cell sits, in words."""
    pen_account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    pen_name: Mapped[str] = mapped_column(sa.String(160), default="")
    """Who keeps the logbook now; handing the pen over is itself an entry."""
    publication_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("publications.id"))
    """The version of the plan in force at the opening; none: no plan was published, which the page says."""
    first_hour: Mapped[str] = mapped_column(sa.Text, default="")
    """Lines of the first hour ticked by hand, each with the number of the entry that says so: « safety:12 ars:14 »."""
    silence_reminded_at: Mapped[datetime | None]
    point_reminded_at: Mapped[datetime | None]
    """The `next_point_at` that the cell was reminded of once it was overdue."""
    stood_down_at: Mapped[datetime | None]
    hot_debrief_on: Mapped[date | None]
    cold_debrief_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    version: Mapped[int] = mapped_column(default=1)

    cpts: Mapped[Cpts] = relationship("Cpts")
    opened_by: Mapped[Account] = relationship("Account", foreign_keys=[opened_by_id])

    @property
    def name(self) -> str:
        """« Crise n° 3 », « Exercice n° 2 »."""
        return named(self.mode, self.number)

    @property
    def stage(self) -> Stage:
        return stage(self)

    @property
    def is_exercise(self) -> bool:
        return self.mode is Mode.EXERCISE

    @property
    def is_open(self) -> bool:
        """Whether its logbook can be written; a crisis that was stood down is still open until it is closed."""
        return self.closed_at is None


class CrisisAlert(Base):
    """What is known of the alert (M/ETHANE), completed as it comes: each saving is an entry of the logbook."""

    __tablename__ = "crisis_alerts"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), primary_key=True)
    received_at: Mapped[datetime | None]
    sender: Mapped[str] = mapped_column(sa.String(160), default="")
    body: Mapped[str] = mapped_column(sa.String(160), default="")
    callback: Mapped[str] = mapped_column(sa.String(80), default="")
    is_callback_checked: Mapped[bool] = mapped_column(default=False)
    nature: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(500), default="")
    communes: Mapped[list[str]] = mapped_column(default=list)
    """INSEE codes of the communes of the territory that are touched."""
    hazards: Mapped[str] = mapped_column(sa.Text, default="")
    access: Mapped[str] = mapped_column(sa.Text, default="")
    people: Mapped[str] = mapped_column(sa.Text, default="")
    """How many, in which state: counts, never names."""
    services: Mapped[str] = mapped_column(sa.Text, default="")
    """Who is engaged already."""
    asked: Mapped[str] = mapped_column(sa.Text, default="")
    """What the CPTS is asked to do."""
    asked_until: Mapped[str] = mapped_column(sa.String(160), default="")
    wanted_back: Mapped[str] = mapped_column(sa.Text, default="")
    """What the ARS wants back, and when."""
    taken_by: Mapped[str] = mapped_column(sa.String(160), default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]


class CrisisSnapshot(Base):
    """The directory, the cell and the stock as they stood at the opening: evidence, never changed."""

    __tablename__ = "crisis_snapshots"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), primary_key=True)
    frozen_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """A document (`document.serial`)."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
