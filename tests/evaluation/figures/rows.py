"""Entries that stand out, as the counting functions are given them: built by the hundred, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from crisis_plan import clock
from crisis_plan.evaluation.figures.rules import Cited, Figure
from crisis_plan.pilotage.logbook.reckoning import Marked
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from tests.factories import NOON

MINUTE = timedelta(minutes=1)
PARIS = clock.PARIS
KINDS = (EntryKind.DECISION, EntryKind.CORRECTION, EntryKind.INFORMATION, EntryKind.MESSAGE, EntryKind.SITUATION_REPORT)
NUMBERS = st.none() | st.integers(1, 30)
"""The number of an entry, or none."""


def marked(number: int = 1, kind: EntryKind = EntryKind.INFORMATION, part: Part = Part.MAIN, **told: Any) -> Marked:
    """An entry written as it happened, unless it says otherwise."""
    at: datetime = told.pop("at", NOON + number * MINUTE)
    return Marked(part, number, kind, told.pop("happened_at", at), at, **told)


@st.composite
def logs(draw: st.DrawFn) -> list[Marked]:
    """A log and its annex: any kinds, some late, without reason, flagged or erased; corrections of what came before."""
    found: list[Marked] = []
    for part, most in ((Part.MAIN, 12), (Part.ANNEX, 3)):
        in_main = len(found)
        for number in range(1, draw(st.integers(0, most)) + 1):
            before = number - 1 if part is Part.MAIN else in_main
            corrects = draw(st.none() | st.integers(1, before)) if before else None
            gap = draw(st.sampled_from([0, 1, 59, 60, 61, 24 * 60 - 1, 24 * 60, 3 * 24 * 60])) * MINUTE
            at = NOON + len(found) * 45 * MINUTE
            flags = {name: draw(st.booleans()) for name in ("is_late", "lacks_reason", "is_flagged", "is_erased")}
            kind = draw(st.sampled_from(KINDS))
            found.append(marked(number, kind, part, at=at, happened_at=at - gap, corrects=corrects, **flags))
    return found


def main(*numbers: int | None) -> set[Cited]:
    return {Cited(Part.MAIN, number) for number in numbers if number}


def cited(entries: Iterable[Any]) -> set[Cited]:
    return {Cited(one.part, one.number) for one in entries}


def lines(figure: Figure) -> dict[str, str]:
    return {one.label: one.value for one in figure.lines}


def first_number(value: str) -> int:
    """The number that a value begins with; « aucune » is none."""
    word = value.replace("\u202f", "").split(",")[0].split()[0]
    return 0 if word.startswith("aucun") else int(word)
