"""The list of the update: what its filters keep, under what it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from crisis_plan.yearly_update.signatures.rules import Line, ThingState, of_state

EVERYTHING = "tout"
"""How an address asks for every thing, whatever its state."""
STATE_AT = {"a-revoir": ThingState.TO_DO, "signe": ThingState.SIGNED, "modifie": ThingState.CHANGED}
"""States as an address names them, what is to be done first."""

IN_ADDRESS = ("etat", "groupe", "page")


@dataclass(frozen=True)
class Shown:
    """What the list is narrowed to."""

    asked: str
    group: str = ""
    """Only what is shown under this heading."""

    @property
    def state(self) -> ThingState | None:
        return STATE_AT.get(self.asked)

    @property
    def address(self) -> dict[str, str]:
        return {"etat": self.asked, **({"groupe": self.group} if self.group else {})}


def address(said: Mapping[str, str]) -> dict[str, Any]:
    """What an address says of the list, to come back to it as one left it."""
    return {name: said[name] for name in IN_ADDRESS if said.get(name)}


def shown(lines: Sequence[Line], asked: str, group: str) -> Shown:
    """What the address asks for; nothing said: what is to be read again, then everything once that is done."""
    if asked not in (*STATE_AT, EVERYTHING):
        asked = "a-revoir" if of_state(lines, ThingState.TO_DO) else EVERYTHING
    return Shown(asked, group if group in groups(lines) else "")


def kept(lines: Sequence[Line], filters: Shown) -> list[Line]:
    """What the filters keep, in the order of the plan."""
    return [
        line
        for line in lines
        if filters.state in (None, line.state) and (not filters.group or line.thing.group == filters.group)
    ]


def groups(lines: Sequence[Line]) -> list[str]:
    """The headings, in the order of the plan."""
    return list(dict.fromkeys(line.thing.group for line in lines))


def grouped(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under their heading."""
    return [(heading, list(found)) for heading, found in groupby(lines, key=lambda line: line.thing.group)]


def ways(lines: Sequence[Line]) -> Mapping[str, tuple[str, int]]:
    """By what an address says, the words and the number of things of each state, then of all."""
    counted = {at: (state.label, len(of_state(lines, state))) for at, state in STATE_AT.items()}
    return {**counted, EVERYTHING: ("Tout", len(lines))}
