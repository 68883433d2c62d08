"""A device says how many entries it holds. Nothing of it goes into the logbook."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.devices import queries
from crisis_plan.pilotage.devices.models import CrisisDevice
from crisis_plan.pilotage.devices.rules import device_name, speaks_too_often


class TooOften(RuleBroken):
    status = 429

    def __str__(self) -> str:
        return "Cet appareil a déjà donné de ses nouvelles à l’instant."


def hear(crisis: Crisis, *, device_key: UUID, name: str, waiting: int, by: Account, at: datetime) -> None:
    """Note what this device holds now. Raises `TooOften`."""
    device = queries.device(crisis, by.id, device_key) or _new(crisis, device_key, by=by)
    if device.id and speaks_too_often(device, at):
        raise TooOften
    device.account_name, device.device_name = by.name, device_name(name)
    device.waiting, device.heard_at = waiting, at
    try:
        with db.session.begin_nested():
            db.session.add(device)
    except IntegrityError:  # its other tab spoke at the same moment
        raise TooOften from None


def _new(crisis: Crisis, device_key: UUID, *, by: Account) -> CrisisDevice:
    return CrisisDevice(crisis_id=crisis.id, account_id=by.id, device_key=device_key)
