"""Who is, was and will be *référent de crise*."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.anticipation.directory.holding import HeldForATime
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.wording import holder_in_words
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class ReferentDuty(HeldForATime, Identified, Base):
    """A contact is titular or deputy referent from one day to another."""

    __tablename__ = "referent_duties"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank] = mapped_column(enum_column(Rank))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    contact: Mapped[Contact] = relationship("Contact")
    """Of a duty that is over: none once the contact has left the directory, as `holder` says."""

    @property
    def holder(self) -> str:
        """Who holds it, or held it."""
        return holder_in_words(self)


class ReferentAbsence(Identified, Base):
    """Days on which a referent cannot be called. Why is nobody's business; it disappears with the contact."""

    __tablename__ = "referent_absences"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    contact: Mapped[Contact] = relationship("Contact")
