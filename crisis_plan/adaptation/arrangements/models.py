"""Needs, circuits, continuity: what is needed, what is answered, by whom, where."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


class Arrangement(Identified, Base):
    """One line of one of the three lists: a need, a circuit, or a kind of care that goes on."""

    __tablename__ = "arrangements"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ArrangementKind] = mapped_column(enum_column(ArrangementKind))
    position: Mapped[int]
    what: Mapped[str] = mapped_column(sa.String(300))
    care: Mapped[CareKind | None] = mapped_column(enum_column(CareKind))
    """Of a line of continuity: which kind of care."""
    within_hours: Mapped[int | None]
    """What cannot wait longer than that."""
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    function_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("cell_functions.id", ondelete="SET NULL"), index=True
    )
    who: Mapped[str] = mapped_column(sa.String(300), default="")
    """Beside the function, or instead of it: professions, partners. No private number: it is in both editions."""
    place_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("mobilisable_places.id", ondelete="SET NULL"), index=True
    )
    where: Mapped[str] = mapped_column(sa.String(300), default="")
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType`; empty: in every crisis."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    function: Mapped[CellFunction | None] = relationship("CellFunction")
    place: Mapped[Place | None] = relationship("Place")
