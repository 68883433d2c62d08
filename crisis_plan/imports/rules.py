"""What becomes of a line of a file: plain values, kept in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What the preview says of a line. A bad field is a warning: the line comes in without it."""

    ACCEPTED = "accepted"
    WARNING = "warning"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"

    @property
    def label(self) -> str:
        return {
            "accepted": "Acceptée",
            "warning": "Acceptée avec réserve",
            "duplicate": "Doublon",
            "refused": "Refusée",
            "changed": "Mise à jour",
            "same": "Inchangée",
            "gone": "Absente du fichier",
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "accepted": "ok", "warning": "warning", "duplicate": "info", "refused": "urgent",
            "changed": "ok", "same": "neutral", "gone": "warning",
        }[self.value]  # fmt: skip


OF_A_TABLE = (Outcome.ACCEPTED, Outcome.WARNING, Outcome.DUPLICATE, Outcome.REFUSED)
"""What may become of the lines of a spreadsheet."""


class Choice(StrEnum):
    """What a person decides of a duplicate."""

    LEAVE = "leave"
    COMPLETE = "complete"
    FORCE = "force"

    @property
    def label(self) -> str:
        return {
            "leave": "Laisser cette ligne",
            "complete": "Compléter la fiche : remplir ce qui y est vide, sans rien remplacer",
            "force": "Importer quand même : c’est quelqu’un, ou quelque chose, d’autre",
        }[self.value]


Choices = Mapping[int, Choice]
"""By number of the line; a line that is not there is left."""

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
    overflows: bool = False
    """Whether the file had more cells there than headings."""
    unread: tuple[str, ...] = ()
    """Sentences about the cells that could not be read, whatever column they are in."""
    may_be_completed: bool = False
    """Of a duplicate: whether what it says may complete what is known."""
    is_identical: bool = False
    """Of a duplicate: whether it says nothing that is not known."""
    twin: int = 0
    """Of a duplicate: the line above that says the same; 0 when that is saved already."""
    has_completed: bool = False
    """Once applied: whether it completed what was known."""
    proposals: tuple[tuple[str, str], ...] = ()
    """What it says otherwise than what people wrote: a key to tick, and a sentence."""

    @property
    def choices(self) -> list[Choice]:
        """What may be decided of this duplicate."""
        found = [Choice.LEAVE]
        found += [Choice.COMPLETE] if self.may_be_completed else []
        return found + ([Choice.FORCE] if self.may_be_forced else [])


SEQUENCES = ("reasons", "raw")
SELDOM = ("overflows", "unread", "may_be_completed", "is_identical", "twin", "has_completed", "proposals")
"""Stored only where they say something: a report holds thousands of lines."""


def to_json(lines: Iterable[ImportLine]) -> list[dict[str, object]]:
    """Lines as a report stores them."""
    return [_stored(line) for line in lines]


def _stored(line: ImportLine) -> dict[str, object]:
    kept = {name: value for name, value in vars(line).items() if value or name not in SELDOM}
    return kept | {"outcome": line.outcome.value, **{name: list(getattr(line, name)) for name in SEQUENCES}}


def from_json(stored: Iterable[dict[str, Any]]) -> list[ImportLine]:
    """Lines as a report gives them back."""
    return [_line(line) for line in stored]


def _line(stored: dict[str, Any]) -> ImportLine:
    sequences = {name: tuple(stored.get(name, ())) for name in (*SEQUENCES, "unread")}
    proposals = tuple((key, sentence) for key, sentence in stored.get("proposals", ()))
    return ImportLine(**{**stored, **sequences, "outcome": Outcome(stored["outcome"]), "proposals": proposals})


def counts(lines: Iterable[ImportLine]) -> dict[Outcome, int]:
    """How many lines of each outcome, in the order of the enumeration."""
    found = Counter(line.outcome for line in lines)
    return {outcome: found[outcome] for outcome in Outcome}


def chosen(choices: Choices, choice: Choice) -> frozenset[int]:
    """The numbers of the lines for which this was decided."""
    return frozenset(number for number, made in choices.items() if made is choice)


def to_import(lines: Iterable[ImportLine], forced: Iterable[int] = ()) -> list[ImportLine]:
    """The lines that come in: those accepted, and the duplicates forced by number."""
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


def once_applied(
    lines: Iterable[ImportLine], imported: Iterable[int], completed: Iterable[int] = ()
) -> list[ImportLine]:
    """What the report keeps of each line: of people, only what it takes to correct their line."""
    came_in, completing = frozenset(imported), frozenset(completed)
    return [_once_applied(line, line.number in came_in, line.number in completing) for line in lines]


def _once_applied(line: ImportLine, is_imported: bool, has_completed: bool) -> ImportLine:
    kept = line if line.outcome in TO_REDO else ImportLine(line.number, line.outcome, line.reasons)
    return replace(kept, values={}, proposals=(), is_imported=is_imported, has_completed=has_completed)


def forgotten(line: ImportLine) -> ImportLine:
    """The line without anything of what was typed, which reasons repeat."""
    return ImportLine(line.number, line.outcome, is_imported=line.is_imported, has_completed=line.has_completed)
