"""The words of a document and the look of each run of them."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.document.revisions import Revision


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    restricted: bool = False
    mark: Revision = Revision.KEPT


Text = tuple[Span, ...]
"""Inline text: spans, read one after the other."""

Cell = str | Text
"""A table cell: a plain string where nothing needs a look, which is nearly always (and prints faster)."""


def plain(text: str, *, bold: bool = False, italic: bool = False, href: str = "", restricted: bool = False) -> Text:
    """Inline text of a single span."""
    return (Span(text, bold=bold, italic=italic, href=href, restricted=restricted),)


def words(cell: Cell) -> str:
    """What a cell says, without its look."""
    return cell if isinstance(cell, str) else "".join(span.text for span in cell)
