"""What is kept, as evidence, of whom something was sent to: the name stays, the address goes with the contact."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import db

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class WrittenTo:
    """A table of those to whom something was sent."""

    cpts_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the contact has left the directory: the name stays, as evidence (domain, section 12)."""
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    """Where it went. Forgotten with the contact."""


def stop_writing_to(contact: Contact) -> None:
    """Whoever is sending them something now ends first; who would begin waits, and finds them gone."""
    db.session.execute(sa.select(type(contact).id).where(type(contact).id == contact.id).with_for_update())


def forget_addresses(contact: Contact) -> None:
    """Take the addresses of who leaves out of the evidence, also of what a merge left without a contact."""
    addresses = [email.address.lower() for email in contact.emails]
    for table in WrittenTo.__subclasses__():
        orphan = sa.and_(table.contact_id.is_(None), sa.func.lower(table.email).in_(addresses))
        theirs = sa.and_(table.cpts_id == contact.cpts_id, sa.or_(table.contact_id == contact.id, orphan))
        db.session.execute(sa.update(table).where(theirs).values(email=""))
