"""The figures and the decisions in the paper of a debrief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import Cell, Column, Row, Span, Table
from crisis_plan.evaluation.figures.rules import Cited, Figure, Line
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.logbook.wording import ERASED, NO_REASON
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import FigureComment
    from crisis_plan.pilotage.logbook.models import LogbookEntry

MOST_CITED = 8
"""Entries named beside a figure; the others are counted, and all of them are on its page."""
MOST_LINES = 40
FIGURES = (
    Column("Chiffre", 1.2),
    Column("Valeur", 2.8),
    Column("Comment il est compté", 2.8),
    Column("Entrées", 1.0),
)
DECISIONS = (
    Column("N°", 0.5, numeric=True),
    Column("Heure", 1.0),
    Column("Ce qui a été décidé", 3.2),
    Column("Raison", 2.4),
    Column("Décidé par", 1.4, restricted=True),
)


def figures_table(figures: Iterable[Figure], comments: Mapping[str, FigureComment]) -> Table:
    """Each figure, how a reader counts it again, and what is said of it."""
    rows = (
        Row(
            (one.label, _value(one, comments.get(one.key.value)), one.counted, cited(one.entries)),
            key=one.key.value,
        )
        for one in figures
    )
    return Table("Chiffres", FIGURES, tuple(rows))


def decisions_table(cpts: Cpts, decisions: Iterable[LogbookEntry], corrected: Mapping[int, int]) -> Table:
    """Each decision with its reason, or the words that say that none was written; `corrected`: by which entry."""
    rows = (
        Row(
            (
                str(one.number),
                f"{clock.local(one.happened_at, cpts):%d/%m/%y %H:%M}",
                _decided(one, corrected.get(one.number)),
                "" if one.is_erased else one.said.reason or NO_REASON,
                one.said.decided_by,
            )
        )
        for one in decisions
    )
    return Table("Décisions", DECISIONS, tuple(rows), empty="Aucune décision n’a été notée.")


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


def _value(figure: Figure, comment: FigureComment | None) -> Cell:
    """The figure, its lines and what was said of it; names of people only for whom may read them."""
    spans = [Span(figure.value), *chain.from_iterable(_line(one) for one in figure.lines[:MOST_LINES])]
    rest = len(figure.lines) - MOST_LINES
    if rest > 0:
        spans.append(Span(f"\net {counted(rest, 'autre ligne', 'autres lignes')}"))
    if comment:
        spans.append(Span(f"\nCommentaire\u00a0: {comment.text}", italic=True))
        spans.append(Span(f" ({comment.written_by_name})", italic=True, restricted=True))
    return tuple(spans) if len(spans) > 1 else figure.value


def _line(line: Line) -> Iterable[Span]:
    yield Span(f"\n{line.label}\u00a0: {line.value}" if line.value else f"\n{line.label}")
    if line.who:
        yield Span(f" ({line.who})", restricted=True)


def _decided(entry: LogbookEntry, corrected_by: int | None) -> str:
    if entry.is_erased:
        return ERASED
    return f"Corrigée par l’entrée n°\u00a0{corrected_by}.\n{entry.said.text}" if corrected_by else entry.said.text
