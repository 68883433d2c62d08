"""How many SQL statements a piece of work costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from crisis_plan.db import db

MOST_OF_A_PAGE = 12
OF_EVERY_ROOM = {
    "cpts.dashboard.show": 36,
    "cpts.calendars.show": 15,
    "cpts.plan.show": 20,
    "cpts.plan.show_theme": 20,
    "cpts.publication.prepare": 22,
}
"""Pages that ask every room what the day, the year or the plan holds; their number does not grow with the rows."""


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
