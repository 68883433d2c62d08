"""Who was invited and who came, counted; without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crisis_plan.folding import folded

WITHOUT_PROFESSION = "Sans profession indiquée"


@dataclass
class Headcount:
    """How many were invited, and how many came."""

    invited: int = 0
    present: int = 0

    def count(self, was_present: bool) -> None:
        self.invited += 1
        self.present += was_present


@dataclass(frozen=True)
class Attendance:
    """The headcount of an exercise, in all and by profession."""

    total: Headcount = field(default_factory=Headcount)
    by_profession: dict[str, Headcount] = field(default_factory=dict)


def attendance(participants: Iterable[tuple[str, bool]]) -> Attendance:
    """Count (profession, whether they came), by profession in alphabetical order."""
    total, found = Headcount(), dict[str, Headcount]()
    for profession, was_present in participants:
        total.count(was_present)
        found.setdefault(profession or WITHOUT_PROFESSION, Headcount()).count(was_present)
    return Attendance(total, dict(sorted(found.items(), key=lambda one: folded(one[0]))))
