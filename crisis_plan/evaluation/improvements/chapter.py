"""Improvements as the plan prints them: those that a version answers, those still open, those done of late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crisis_plan import clock
from crisis_plan.document.blocks import Block, Cell, Column, Row, Span, Table
from crisis_plan.evaluation.improvements import queries
from crisis_plan.evaluation.improvements.rules import Origin
from crisis_plan.evaluation.improvements.wording import origin_in_words
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement

ANSWERED = "Améliorations auxquelles cette version répond"
SHOWN_FOR = 12
"""Months during which what was done is printed."""
OUTSIDE = "Hors du texte du plan"
KEPT = "Un document gardé avec l’amélioration"
"""The proof of what is shown by a document alone."""

NUMBER = Column("N°", 0.5)
WHAT = Column("Amélioration", 2.2)
WHERE = Column("Dans le plan", 1.5)
LEARNT = Column("Origine", 1.6)
PROOF = Column("Preuve", 2.2, restricted=True)
"""In free words, which may name people."""


def answered(improvements: Iterable[Improvement]) -> tuple[Block, ...]:
    """What a version names of what was done since the one before; nothing where nothing was."""
    rows = tuple(_row(one, one.text, one.target or OUTSIDE, _learnt(one), one.word or KEPT) for one in improvements)
    return (Table(ANSWERED, (NUMBER, WHAT, WHERE, LEARNT, PROOF), rows),) if rows else ()


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """What is still open, with who does it (of no concern to the public), and what was done within a year.

    Nothing that comes from a debrief before it is validated.
    """
    since = datetime.combine(add_months(today, -SHOWN_FOR), time.min, ZoneInfo(cpts.time_zone))
    still_open = tuple(
        _row(one, one.text, one.target or OUTSIDE, one.owner_name, short_date(one.due_on), one.state.label)
        for one in queries.open_and_printed(cpts)
    )
    done = tuple(
        _row(one, one.text, one.target or OUTSIDE, short_date(_day(one, cpts)), one.word or KEPT)
        for one in queries.done_since(cpts, since)
    )
    tables = (
        Table(
            "Améliorations encore ouvertes",
            (NUMBER, WHAT, WHERE, Column("Responsable", 1.2, restricted=True), Column("Échéance", 0.9), Column("État")),
            still_open,
        ),
        Table(
            f"Améliorations réalisées depuis {SHOWN_FOR} mois", (NUMBER, WHAT, WHERE, Column("Le", 0.9), PROOF), done
        ),
    )
    return tuple(table for table in tables if table.rows)


def _learnt(one: Improvement) -> Cell:
    """« Crise n° 1 : Canicule, constat n° 3 »; whose opinion it was is of no concern to the public."""
    if one.origin is Origin.OPINION and one.origin_words:
        return (Span(one.origin.label), Span(f"\u00a0: {one.origin_words}", restricted=True))
    return origin_in_words(one)


def _row(one: Improvement, *cells: Cell) -> Row:
    return Row((str(one.number), *cells), key=f"amelioration-{one.number}")


def _day(one: Improvement, cpts: Cpts) -> date:
    """When it was done: its state changed last."""
    return clock.local(one.changed_at, cpts).date()
