"""Ending a reading."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Readership
from crisis_plan.db import db


def revoke_reader(readership: Readership, *, by: history.Actor, at: datetime) -> None:
    """This account no longer reads for the institution; the account itself stays."""
    history.record(history.Verb.REVOKED, "readership", readership.id, cpts_id=None, by=by, at=at)
    db.session.delete(readership)
    db.session.flush()
