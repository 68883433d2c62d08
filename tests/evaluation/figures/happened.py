"""What happened in a crisis, made up by the thousand, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from crisis_plan.clock import PARIS
from crisis_plan.document.blocks import TimeLine
from crisis_plan.evaluation.figures.axis import Axis
from crisis_plan.evaluation.figures.happenings import Happening, Sort
from crisis_plan.evaluation.figures.timeline import told
from tests.factories import NOON

HOUR = timedelta(hours=1)
MARKED = (Sort.DECISION, Sort.MESSAGE, Sort.REPORT)
WHAT = {Sort.DECISION: "prise", Sort.MESSAGE: "envoyé", Sort.REPORT: "émis", Sort.SILENCE: "2 h sans saisie"}


def happening(sort: Sort, at: datetime, number: int = 1, *, lacks_reason: bool = False, lasts: int = 0) -> Happening:
    """An entry of this sort; `lasts`: hours, for what does."""
    ends_at = at + lasts * HOUR if lasts else None
    return Happening(sort, at, WHAT.get(sort, "Veille"), f"n°\u00a0{number}", ends_at, lacks_reason)


def crowd(count: int, days: int, at: datetime = NOON) -> list[Happening]:
    """So many decisions, messages, situation reports and silences, spread evenly over so many days."""
    apart = timedelta(days=days) / count
    sorts = (*MARKED, Sort.SILENCE)
    return [
        happening(
            sorts[rank % 4], at + rank * apart, rank + 1,
            lacks_reason=rank % 12 == 0, lasts=2 if sorts[rank % 4] is Sort.SILENCE else 0,
        )
        for rank in range(count)
    ]  # fmt: skip


def line_of(happened: list[Happening], days: int = 4, at: datetime = NOON) -> TimeLine:
    """Their time line, on an axis of so many days."""
    return told("Frise", happened, [], Axis(at, at + timedelta(days=days), PARIS), HOUR)


minutes = st.integers(0, 60 * 24 * 40)
several = st.lists(
    st.builds(
        lambda sort, minute, lacks: happening(
            sort, NOON + timedelta(minutes=minute), minute, lacks_reason=lacks and sort is Sort.DECISION
        ),
        st.sampled_from(MARKED),
        minutes,
        st.booleans(),
    ),
    max_size=60,
)
