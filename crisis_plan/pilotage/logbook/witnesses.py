"""The number and the seal that were printed or mailed: what a chain alone cannot prove, that nothing was cut off its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.logbook.rules import Part, entry_name

SHORTEST_SEAL = 16
"""So many characters of a seal are enough to recognise it."""
WRITTEN = re.compile(r"(annexe-)?([1-9][0-9]*):([0-9a-f ]+)", re.IGNORECASE)


class NoWitness(RuleBroken):
    def __str__(self) -> str:
        return (
            "Un témoin s’écrit <n°>:<sceau>, par exemple 128:4f2a…\u00a0; annexe-2:4f2a… pour l’annexe. "
            f"Recopiez au moins {SHORTEST_SEAL}\u00a0caractères du sceau."
        )


@dataclass(frozen=True)
class Witness:
    """An entry and its seal, as they were printed or mailed."""

    part: Part
    number: int
    seal: str

    @property
    def place(self) -> tuple[Part, int]:
        return self.part, self.number

    def contradicted_by(self, seal: str | None) -> str | None:
        """What is wrong, in words, with the seal that the log holds there; none when it is this one."""
        name = entry_name(self.part, self.number)
        if seal is None:
            return f"entrée {name}\u00a0: elle est attestée par le témoin, et le journal s’arrête avant elle"
        if not seal.startswith(self.seal):
            return f"entrée {name}\u00a0: son sceau n’est pas celui du témoin, le journal a été récrit"
        return None


def read_witness(written: str) -> Witness:
    """« 128:4f2a… ». Raises `NoWitness`."""
    found = WRITTEN.fullmatch(written.strip())
    seal = found[3].replace(" ", "").lower() if found else ""
    if not found or not SHORTEST_SEAL <= len(seal) <= 64:
        raise NoWitness
    return Witness(Part.ANNEX if found[1] else Part.MAIN, int(found[2]), seal)
