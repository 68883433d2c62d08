"""Call lists that are evidence no longer: what they measured stays, nobody is named any more (domain, section 12)."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from crisis_plan.anticipation.directory import retention
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.models import CallLine, CallList

ERASED = "(nom effacé)"


def forget(cpts: Cpts, today: date) -> int:
    """Take the names out of the lists of a contract whose evidence has been kept long enough; how many lines.

    Attempts are never edited, so they stay as they are: they point at a line that names nobody.
    """
    limit = retention.forgotten_before(cpts.contract_signed_on, today)
    if limit is None:
        return 0
    before = datetime.combine(limit, time(), tzinfo=ZoneInfo(cpts.time_zone))
    old = sa.select(CallList.id).where(CallList.cpts_id == cpts.id, CallList.opened_at < before)
    erased = db.session.execute(
        sa.update(CallLine)
        .where(CallLine.list_id.in_(old), CallLine.name != ERASED)
        .values(name=ERASED, what="", contact_id=None)
        .returning(CallLine.id)
    )
    return len(erased.all())
