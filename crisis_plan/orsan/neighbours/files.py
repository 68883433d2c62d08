"""The document kept with a neighbouring plan: the edition that was seen, one at a time."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import Stale
from crisis_plan.orsan.neighbours.models import NeighbouringPlan, NeighbouringPlanFile
from crisis_plan.web.attachments import Attachment

SUBJECT = "neighbouring_plan_file"


def keep(plan: NeighbouringPlan, attachment: Attachment, *, by: Account, at: datetime) -> NeighbouringPlanFile:
    """Keep this document with the plan, in the place of the one before."""
    hold(plan)
    db.session.expire(plan, ["file"])
    verb = history.Verb.CHANGED if plan.file else history.Verb.CREATED
    if plan.file is None:
        plan.file = NeighbouringPlanFile()
    plan.file.take(attachment, by=by, at=at)
    db.session.flush()
    history.record(verb, SUBJECT, plan.id, cpts_id=plan.cpts_id, by=by, at=at)
    db.session.flush()
    return plan.file


def remove(plan: NeighbouringPlan, *, by: Account, at: datetime) -> None:
    """Take the document away from its plan. Raises `Stale` when it is no longer there."""
    hold(plan)
    db.session.expire(plan, ["file"])
    if plan.file is None:
        raise Stale
    plan.file = None
    history.record(history.Verb.REMOVED, SUBJECT, plan.id, cpts_id=plan.cpts_id, by=by, at=at)
    db.session.flush()
