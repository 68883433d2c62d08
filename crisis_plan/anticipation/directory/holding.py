"""What contacts hold for a time, and what is left of it when they leave the directory."""

from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import db


class HeldForATime:
    """A table of duties that contacts hold from one day to another. A duty that is over outlives its holder."""

    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id"))
    """None once the holder of a past duty has left the directory."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


def let_go(contact_id: uuid.UUID, *, today: date) -> None:
    """Take a contact's name out of every duty that is over (domain, section 12)."""
    for duties in HeldForATime.__subclasses__():
        over = sa.update(duties).where(duties.contact_id == contact_id, duties.ends_on < today)
        db.session.execute(over.values(contact_id=None))
