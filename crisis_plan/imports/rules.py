"""What becomes of a line of a file: plain values, kept in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    raw: dict[str, str] = field(default_factory=dict)
    """The cells as they were typed, by heading, in the file's order."""
    may_be_forced: bool = True
    """Of a duplicate: whether it may come in all the same."""
    is_imported: bool = False
    """Once applied: whether it came in."""


def to_json(lines: Iterable[ImportLine]) -> list[dict[str, object]]:
    """Lines as a report stores them."""
    return [vars(line) | {"outcome": line.outcome.value, "reasons": list(line.reasons)} for line in lines]


def from_json(stored: Iterable[dict[str, Any]]) -> list[ImportLine]:
    """Lines as a report gives them back."""
    return [
        ImportLine(**{**line, "outcome": Outcome(line["outcome"]), "reasons": tuple(line["reasons"])})
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
    """The lines that a person has to look at again: refused, or come in with a reserve."""
    return [line for line in lines if line.outcome in (Outcome.REFUSED, Outcome.WARNING)]
