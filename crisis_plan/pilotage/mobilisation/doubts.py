"""What a person should look at again in the counts: told, never settled by the tool."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from crisis_plan.folding import folded
from crisis_plan.pilotage.mobilisation.counts import ActionLine, PersonLine
from crisis_plan.pilotage.mobilisation.rules import (
    LONGEST_WITHOUT_REST,
    Interval,
    ends,
    has_overlap,
    in_hours,
    words_of,
)


@dataclass(frozen=True)
class Doubt:
    """A sentence; `kept` and `other`: the two people that one press says to be one."""

    text: str
    kept: str = ""
    other: str = ""


def doubts(
    people: Sequence[PersonLine], actions: Sequence[ActionLine], opened_at: datetime, until: datetime
) -> list[Doubt]:
    """Everything to look at again, what changes the counts first."""
    return [
        *_namesakes(people),
        *_same_words(actions),
        *(one for line in people for one in _hours(line, opened_at, until)),
    ]


def _namesakes(people: Sequence[PersonLine]) -> Iterable[Doubt]:
    """Two lines of the same name, one of them at least outside the directory, which tells its own namesakes apart."""
    by_name: dict[tuple[str, ...], list[PersonLine]] = {}
    for line in people:
        by_name.setdefault(words_of(line.name), []).append(line)
    for same in by_name.values():
        for pair in combinations(sorted(same, key=lambda line: not line.is_in_directory), 2):
            kept, other = pair
            if not other.is_in_directory:
                text = f"{kept.told} et {other.told} sont comptés deux fois\u00a0: est-ce la même personne\u00a0?"
                yield Doubt(text, kept.key, other.key)


def _same_words(actions: Sequence[ActionLine]) -> Iterable[Doubt]:
    by_label: dict[str, list[ActionLine]] = {}
    for line in actions:
        by_label.setdefault(folded(line.label), []).append(line)
    for same in by_label.values():
        if len(same) > 1:
            yield Doubt(
                f"«\u00a0{same[0].label}\u00a0» est comptée {len(same)} fois\u00a0: si c’est la même action du plan, "
                "retirez l’une et notez-la de nouveau sous l’autre."
            )


def _hours(line: PersonLine, opened_at: datetime, until: datetime) -> Iterable[Doubt]:
    intervals: list[Interval] = [(one.starts_at, ends(one.ends_at, until)) for one in line.times]
    if has_overlap(intervals):
        yield Doubt(f"{line.name}\u00a0: des temps se chevauchent, ils ne comptent qu’une fois.")
    if any(end - start > LONGEST_WITHOUT_REST for start, end in intervals):
        longest = in_hours(int(LONGEST_WITHOUT_REST.total_seconds()) // 60)
        yield Doubt(f"{line.name}\u00a0: plus de {longest} sans arrêt, vérifiez le début et la fin.")
    if any(start < opened_at for start, _ in intervals):
        yield Doubt(f"{line.name}\u00a0: un temps commence avant l’ouverture de la crise.")
