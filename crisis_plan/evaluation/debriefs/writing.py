"""Whoever writes in a debrief holds it first; once validated nothing of it changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief

SUBJECT = "debrief"


class DebriefValidated(RuleBroken):
    def __str__(self) -> str:
        return "Ce bilan est validé\u00a0: il ne change plus. Ce qui s’ajoute s’écrit dans un additif daté."


def hold_unvalidated(debrief: Debrief) -> None:
    """Hold the debrief until the end of the transaction. Raises `DebriefValidated`."""
    hold(debrief)
    if debrief.is_validated:
        raise DebriefValidated


def mark_of(*said: object) -> int:
    """A number that changes with what is stored: a form opened before a change is recognised.

    Two people who each write another heading of one debrief are not in each other's way.
    """
    return crc32("\x1f".join("" if one is None else str(one) for one in said).encode())


def note(debrief: Debrief, fields: Collection[str], *, by: Account, at: datetime) -> None:
    """Count one more change of the debrief itself, and say of what."""
    debrief.version += 1
    history.record(
        history.Verb.CHANGED, SUBJECT, debrief.id, cpts_id=debrief.cpts_id, by=by, at=at, fields=sorted(fields)
    )
    db.session.flush()
