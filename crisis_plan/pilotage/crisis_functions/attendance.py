"""Of the functions that the level asks for, how many said that they are there: a name in the plan is nobody yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.pilotage.crisis_functions.rules import Presence

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.duty import FunctionNow


@dataclass(frozen=True)
class Attendance:
    """How many functions are asked for, how many have someone there, how many only a name to confirm."""

    asked: int
    there: int
    named: int

    @property
    def is_full(self) -> bool:
        """Whether everyone asked for said that they are there; never where nobody is asked for."""
        return 0 < self.asked == self.there

    @property
    def words(self) -> str:
        """« 0 présent sur 10, 8 à confirmer, 2 sans personne »."""
        if not self.asked:
            return "aucune fonction demandée par le niveau"
        there = f"{self.there} présent{'s' if self.there > 1 else ''} sur {self.asked}"
        named = f"{self.named} à confirmer" if self.named else ""
        missing = self.asked - self.there - self.named
        return ", ".join(part for part in (there, named, f"{missing} sans personne" if missing else "") if part)


def attendance(board: Iterable[FunctionNow]) -> Attendance:
    """The functions asked for on this board, counted by presence."""
    found = [one.presence for one in board if one.function.is_called_for]
    return Attendance(len(found), found.count(Presence.THERE), found.count(Presence.NAMED))
