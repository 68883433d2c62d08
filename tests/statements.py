"""How many SQL statements a piece of work costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from crisis_plan.db import db

MOST_OF_A_PAGE = 13
"""Twelve of its own, and the one that tells every page of a CPTS which crises are under way."""
OF_EVERY_ROOM = {
    "cpts.dashboard.show": 52,
    "cpts.calendars.show": 23,
    "cpts.claims.show": 30,
    "cpts.claims.revision": 18,
    "cpts.claims.piece": 26,
    "cpts.claims.prepare_submission": 30,
    "cpts.distribution.hand": 17,
    "cpts.plan.show": 24,
    "cpts.plan.show_theme": 25,
    "cpts.publication.prepare": 28,
    "cpts.room.show": 18,
    "cpts.debriefs.show": 29,
    "cpts.debriefs.description": 23,
    "cpts.debriefs.prepare_validation": 28,
    "cpts.debriefs.pdf": 32,
    "cpts.debriefs.public_pdf": 32,
    "cpts.situation_reports.handover": 17,
    "cpts.situation_reports.handover_pdf": 17,
    "cpts.calls.new": 17,
    "cpts.crisis_calls.new": 18,
    "cpts.crisis_messages.write": 22,
}
"""Pages that ask every room what the day, the year, the plan or the crisis holds; it does not grow with the rows.

Whom an audience stands for is asked of the directory, the cell and the referents; a message also fills its blanks.
"""


def most_statements(endpoint: str) -> int:
    """How often a page may ask the database."""
    return OF_EVERY_ROOM.get(endpoint, MOST_OF_A_PAGE)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
