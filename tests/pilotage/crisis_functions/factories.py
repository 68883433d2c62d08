"""Functions of a crisis to arrange a test with, without what the opening does around them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from tests.factories import NOON


def a_function(crisis: Crisis, name: str = "Liaison", **values: Any) -> CrisisFunction:
    """A function that the level asks for, with nobody."""
    function = CrisisFunction(crisis_id=crisis.id, **{"position": 1, "name": name, **values})
    db.session.add(function)
    db.session.flush()
    return function


def a_shift(
    function: CrisisFunction,
    name: str = "Anne PETIT",
    starts_at: datetime = NOON,
    ends_at: datetime | None = None,
    **values: Any,
) -> Shift:
    """Someone at their post."""
    shift = Shift(
        function=function, name=name, starts_at=starts_at, ends_at=ends_at, **{"confirmed_at": NOON, **values}
    )
    db.session.add(shift)
    db.session.flush()
    return shift
