"""Which devices still hold entries that the logbook has not got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.devices.models import CrisisDevice


@dataclass(frozen=True)
class Unsent:
    """A device that said how many entries it still holds: who, how many, when it was last heard."""

    account_id: UUID
    account_name: str
    device_name: str
    waiting: int
    heard_at: datetime
    silent_for: timedelta


def unsent(crisis: Crisis, now: datetime) -> tuple[Unsent, ...]:
    """The devices that hold unsent entries, the longest silent first; one statement."""
    query = sa.select(CrisisDevice).where(CrisisDevice.crisis_id == crisis.id, CrisisDevice.waiting > 0)
    found = db.session.scalars(query.order_by(CrisisDevice.heard_at, CrisisDevice.id))
    return tuple(
        Unsent(one.account_id, one.account_name, one.device_name, one.waiting, one.heard_at, now - one.heard_at)
        for one in found
    )


def unsent_elsewhere(crisis: Crisis, account_id: UUID, now: datetime) -> Sequence[Unsent]:
    """Those of other people: one's own are shown by the page itself."""
    return [one for one in unsent(crisis, now) if one.account_id != account_id]


def device(crisis: Crisis, account_id: UUID, device_key: UUID) -> CrisisDevice | None:
    """What this device last said."""
    query = sa.select(CrisisDevice).where(
        CrisisDevice.crisis_id == crisis.id,
        CrisisDevice.account_id == account_id,
        CrisisDevice.device_key == device_key,
    )
    return db.session.scalars(query).one_or_none()
