"""What the devices that write in a crisis say of themselves, and what stays readable on them without network."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

HEARD_EVERY = timedelta(seconds=1)
"""A device that speaks more often is not listened to."""
MOST_WAITING = 9_999
"""No device holds more: a larger number is a mistake or a joke."""
DEVICE_NAMES = ("Téléphone", "Tablette", "Ordinateur")
OTHER_DEVICE = "Appareil"

MOVES = 60
"""Seconds after which a page of the crisis itself is kept anew."""
SETTLES = 6 * 3600
"""Seconds after which a page that seldom changes is kept anew: the plan in force, a card, the directory."""


class Heard(Protocol):
    """A device, and when it last spoke."""

    @property
    def heard_at(self) -> datetime: ...


def speaks_too_often(device: Heard, now: datetime) -> bool:
    """Whether it said something a moment ago already."""
    return timedelta(0) <= now - device.heard_at < HEARD_EVERY


def device_name(said: str) -> str:
    """One of the few names that a browser gives to its device."""
    return said if said in DEVICE_NAMES else OTHER_DEVICE
