"""What becomes of a line of a file: plain values, kept in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What the preview says of a line. A bad field is a warning: the line comes in without it."""

    ACCEPTED = "accepted"
    WARNING = "warning"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {
            "accepted": "Acceptée",
            "warning": "Acceptée avec réserve",
            "duplicate": "Doublon",
            "refused": "Refusée",
        }[self.value]

    @property
    def tone(self) -> str:
        return {"accepted": "ok", "warning": "warning", "duplicate": "info", "refused": "urgent"}[self.value]


COMES_IN = frozenset({Outcome.ACCEPTED, Outcome.WARNING})
TO_REDO = frozenset({Outcome.REFUSED, Outcome.WARNING})


@dataclass(frozen=True)
class ImportLine:
    """A line of the file, what becomes of it and why. `values` and `raw` hold what JSON can hold."""

    number: int
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    label: str = ""
    """How the person recognises it: a name."""
    values: dict[str, Any] = field(default_factory=dict)
    """What the feature will save, in its own words."""
    raw: tuple[str, ...] = ()
    """The cells as they were typed, in the order of the file's headings."""
    may_be_forced: bool = True
    """Of a duplicate: whether it may come in all the same."""
    is_imported: bool = False
    """Once applied: whether it came in."""


SEQUENCES = ("reasons", "raw")


def to_json(lines: Iterable[ImportLine]) -> list[dict[str, object]]:
    """Lines as a report stores them."""
    return [
        vars(line) | {"outcome": line.outcome.value, **{name: list(getattr(line, name)) for name in SEQUENCES}}
        for line in lines
    ]


def from_json(stored: Iterable[dict[str, Any]]) -> list[ImportLine]:
    """Lines as a report gives them back."""
    return [
        ImportLine(**{**line, "outcome": Outcome(line["outcome"]), **{name: tuple(line[name]) for name in SEQUENCES}})
        for line in stored
    ]


def counts(lines: Iterable[ImportLine]) -> dict[Outcome, int]:
    """How many lines of each outcome, in the order of the enumeration."""
    found = Counter(line.outcome for line in lines)
    return {outcome: found[outcome] for outcome in Outcome}


def to_import(lines: Iterable[ImportLine], forced: Iterable[int] = ()) -> list[ImportLine]:
    """The lines that come in: those accepted, and the duplicates ticked by number."""
    ticked = frozenset(forced)
    return [
        line
        for line in lines
        if line.outcome in COMES_IN
        or (line.outcome is Outcome.DUPLICATE and line.may_be_forced and line.number in ticked)
    ]


def to_redo(lines: Sequence[ImportLine]) -> list[ImportLine]:
    """The lines that a person has to look at again: refused, or come in with a reserve; as long as they are kept."""
    return [line for line in lines if line.outcome in TO_REDO and line.raw]


def once_applied(lines: Iterable[ImportLine], imported: Iterable[int]) -> list[ImportLine]:
    """What the report keeps of each line: of people, only what it takes to correct their line."""
    came_in = frozenset(imported)
    return [_once_applied(line, is_imported=line.number in came_in) for line in lines]


def _once_applied(line: ImportLine, *, is_imported: bool) -> ImportLine:
    if line.outcome in TO_REDO:
        return replace(line, values={}, is_imported=is_imported)
    return ImportLine(line.number, line.outcome, line.reasons, is_imported=is_imported)


def forgotten(line: ImportLine) -> ImportLine:
    """The line without anything of what was typed, which reasons repeat."""
    return ImportLine(line.number, line.outcome, is_imported=line.is_imported)
