"""Time, the same way for both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass
class Times:
    """What one piece of work took, in seconds, each time it was done."""

    taken: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> None:
        started = perf_counter()
        work()
        self.taken.append(perf_counter() - started)

    @property
    def median(self) -> float:
        return median(self.taken)

    @property
    def p95(self) -> float:
        """The time that 95 in 100 do not exceed."""
        ranked = sorted(self.taken)
        return ranked[ceil(len(ranked) * 0.95) - 1]


def interleaved(works: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Times]:
    """Each work once a round, so that what disturbs the machine disturbs them all; a first round is not counted."""
    times = {name: Times() for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            times[name].time(work)
    return times


def peak_megabytes() -> float:
    """This process's own peak of memory.

    Not `ru_maxrss`: on Linux a child begins with the peak of the process that started it.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")
