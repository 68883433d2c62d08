"""What the trame asks of a crisis cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.folding import folded
from crisis_plan.pilotage.crisis_cell.functions import MUST_BE_HELD, proposed


class Direction(StrEnum):
    """Where a function goes in the list, one place at a time."""

    UP = "monter"
    DOWN = "descendre"

    @property
    def step(self) -> int:
        return -1 if self is Direction.UP else 1


def lacks(names: Mapping[str, str], held: Mapping[str, Iterable[Rank]]) -> tuple[str, ...]:
    """What the cell lacks: the pilot and the secretariat, each with a titular and a deputy.

    `names` and `held` are by key: what the CPTS calls the function, and the ranks held today.
    """
    sentences: list[str] = []
    for key in MUST_BE_HELD:
        if key not in names:
            sentences.append(f"La fonction «\u00a0{proposed(key).name}\u00a0» n’est pas dans la liste.")
            continue
        ranks = frozenset(held.get(key, ()))
        sentences += [
            f"La fonction «\u00a0{names[key]}\u00a0» n’a pas de {rank.label.lower()} à ce jour."
            for rank in Rank
            if rank not in ranks
        ]
    return tuple(sentences)


def is_same_name(one: str, other: str) -> bool:
    """Whether a person would take these two names for one."""
    return folded(one) == folded(other)
