"""Calling people in a crisis."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls.queries import running


def close_all(crisis: Crisis, *, by: Account, at: datetime) -> None:
    """No more attempts in any list of this crisis: it is being closed."""
    for call_list in running(crisis):
        calls.close(call_list, by=by, at=at)
