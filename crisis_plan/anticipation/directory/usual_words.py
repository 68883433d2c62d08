"""What a spreadsheet says in its own way: whose an address is by its column, a profession by its short name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from crisis_plan.anticipation.directory.professions import usual
from crisis_plan.folding import folded
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.rules import ImportLine
from crisis_plan.imports.sheets import SheetLine

OWN_EMAIL = "own_email"
PRIVATE = " (privé)"
SEVERAL = re.compile(r"\s*[/;,\n]\s*|\s+ou\s+")


def private_told(lines: Iterable[SheetLine], matching: Matching) -> Iterator[SheetLine]:
    """The lines, each address of a column of private ones saying that it is."""
    own = frozenset(heading for heading, field in matching.items() if field == OWN_EMAIL)
    for line in lines:
        yield replace(line, raw=_told(line, own)) if own else line


def _told(line: SheetLine, own: Collection[str]) -> tuple[str, ...]:
    return tuple(_private(cell) if key in own else cell for key, cell in zip(line.keys, line.raw, strict=True))


def _private(cell: str) -> str:
    parts = (part for part in SEVERAL.split(cell) if part)
    return " ; ".join(part if part.endswith(PRIVATE) else part + PRIVATE for part in parts)


def without_owners(matching: Matching) -> Matching:
    """The columns as they are read once private addresses say that they are."""
    return {heading: "email" if field == OWN_EMAIL else field for heading, field in matching.items()}


def with_usual_profession(line: ImportLine) -> ImportLine:
    """The line with the usual label of its profession; one that was written otherwise is said."""
    written = line.values.get("profession", "")
    label, speciality = usual(written)
    if label == written:
        return line
    values = line.values | {"profession": label}
    if speciality and not values.get("speciality"):
        values["speciality"] = speciality
    if folded(label) == folded(written):
        return replace(line, values=values)
    said = f"Profession « {written} » lue comme « {label} »."
    return replace(line, values=values, reasons=(*line.reasons, said))
