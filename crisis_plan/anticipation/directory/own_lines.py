"""Whose line of the directory is it? Recognised by the e-mail address that it bears."""

from __future__ import annotations

import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts


def line_bearing(cpts: Cpts, email: str) -> Contact | None:
    """The one person of the CPTS who is written to at this address; none when nobody is, or several are."""
    found = db.session.scalars(
        sa.select(Contact)
        .where(
            Contact.cpts_id == cpts.id,
            Contact.is_service.is_(False),
            Contact.emails.any(sa.func.lower(ContactEmail.address) == email.strip().lower()),
        )
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None
