"""What names a function of the cell: told by the rooms that do, which the cell does not know.

A function that leaves the list stays in words wherever it was named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crisis_cell.models import CellFunction


class NamingRoom(Protocol):
    """A room whose rows name functions; a module may be one."""

    def told(self, function: CellFunction) -> Sequence[str]:
        """What names this function, a few words for each."""

    def keep_name(self, function: CellFunction, *, by: Account, at: datetime) -> None:
        """Write its name in words where it was named, and say so in the history."""


_rooms: list[NamingRoom] = []


def names_functions(room: NamingRoom) -> None:
    """Make known a room whose rows name functions of the cell."""
    _rooms.append(room)


def what_names(function: CellFunction) -> list[str]:
    """What names this function in every room, a few words for each."""
    return [words for room in _rooms for words in room.told(function)]


def keep_name(function: CellFunction, *, by: Account, at: datetime) -> None:
    """In every room, nothing points at the function any more, and its name stays."""
    for room in _rooms:
        room.keep_name(function, by=by, at=at)


def shortened(name: str, room: int) -> str:
    """A name that fits in this many characters; its end gives way."""
    if len(name) <= room:
        return name
    return f"{name[: room - 1].rstrip()}…" if room > 1 else ""
