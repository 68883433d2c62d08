"""The figures in the paper of a debrief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Column, Document, Row, Span, Table
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey, Line
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import FigureComment

MOST_CITED = 8
"""Entries named beside a figure; the others are counted, and all of them are on its page."""
MOST_LINES = 18
"""Lines of a figure that are printed; the others are counted, and all of them are on its page."""
MOST_NAMED = 3
"""People named in one line."""
TITLE = "Chiffres"
FIGURES = (
    Column("Chiffre", 1.0),
    Column("Valeur, et comment il est compté", 6.0),
)
OF_PEOPLE = (FigureKey.FLAGGED,)
"""The figures whose lines quote what was noted as it was noted, names included."""


def figures_table(figures: Iterable[Figure], comments: Mapping[str, FigureComment]) -> Table:
    """Each figure, how a reader counts it again, the entries that it rests on, and what is said of it."""
    rows = (
        Row((one.label, (*_value(one, comments.get(one.key.value)), *_counted(one))), key=one.key.value)
        for one in figures
    )
    return Table(TITLE, FIGURES, tuple(rows))


def figures_of(document: Document) -> list[FigureKey]:
    """The figures that this paper prints."""
    printed = {
        row.key
        for chapter in document.chapters
        for block in chapter.blocks
        if isinstance(block, Table) and block.caption == TITLE
        for row in block.rows
    }
    return [key for key in FigureKey if key.value in printed]


def cited(entries: Sequence[Cited]) -> str:
    """« n° 12, 14, 31 et 24 autres », « annexe n° 2 »."""
    named = entries[:MOST_CITED]
    main = [str(one.number) for one in named if one.part is Part.MAIN]
    annex = [str(one.number) for one in named if one.part is Part.ANNEX]
    words = [
        f"{name}{', '.join(numbers)}" for name, numbers in (("n°\u00a0", main), ("annexe n°\u00a0", annex)) if numbers
    ]
    rest = len(entries) - len(named)
    return ", ".join(words) + (f" et {counted(rest, 'autre')}" if rest else "")


def _counted(figure: Figure) -> Iterable[Span]:
    yield Span(f"\n{figure.counted}", italic=True)
    if figure.entries:
        yield Span(f" Entrées\u00a0: {cited(figure.entries)}.", italic=True)


def _value(figure: Figure, comment: FigureComment | None) -> Iterable[Span]:
    """The figure, its lines in running text and what was said of it; names of people only for whom may read them."""
    spans = [Span(figure.value, bold=True)]
    for rank, one in enumerate(figure.lines[:MOST_LINES]):
        spans += [Span("\u00a0; " if rank else "\n"), *_line(one, is_quoted=figure.key in OF_PEOPLE)]
    rest = len(figure.lines) - MOST_LINES
    if rest > 0:
        spans.append(Span(f"\u00a0; et {counted(rest, 'autre ligne', 'autres lignes')}"))
    if comment:
        spans.append(Span(f"\nCommentaire\u00a0: {comment.text}"))
        spans.append(Span(f" ({comment.written_by_name})", restricted=True))
    return spans


def _line(line: Line, *, is_quoted: bool) -> Iterable[Span]:
    yield Span(line.label)
    if line.value:
        yield Span(f"\u00a0: {line.value}", restricted=is_quoted)
    if line.who:
        yield Span(f" ({_some(line.who)})", restricted=True)


def _some(names: str) -> str:
    """« Ana Bel, Cid Dor et 12 autres »."""
    everybody = names.split(", ")
    rest = len(everybody) - MOST_NAMED
    return f"{', '.join(everybody[:MOST_NAMED])} et {counted(rest, 'autre')}" if rest > 0 else names
