"""What was written since, as everybody reads it: read and rendered once for all who look at the same time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template

from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.rules import EntryKind

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import Crisis

REMEMBERED = 32
"""Answers kept: two hundred people who look every few seconds ask for two or three of them."""
SECONDS = 5
"""How long one is given: entries never change, but a mark « à revoir » beside one does without an entry."""


@dataclass(frozen=True)
class Since:
    """Between which entries; equal for all who saw the same one, and have this crisis before them."""

    crisis_id: UUID
    after: int
    last: int
    moment: int
    crisis: Crisis = field(compare=False, repr=False)

    @classmethod
    def of(cls, crisis: Crisis, after: int, last: int, now: datetime) -> Since:
        """What is asked by who shows the entry `after` of a log that goes to `last`."""
        return cls(crisis.id, after, last, int(now.timestamp()) // SECONDS, crisis)


@dataclass(frozen=True)
class News:
    """The entries, as they go on top of the list, or as the whole of it where too much is new."""

    kinds: frozenset[EntryKind]
    html: str


@lru_cache(REMEMBERED)
def news(asked: Since) -> News:
    """What to swap in, with what the new entries correct; nothing in it depends on who looks."""
    entries = queries.entries_after(asked.crisis, asked.after, until=asked.last)
    html = render_template(
        "pilotage/logbook/_news.html",
        crisis=asked.crisis,
        after=asked.after,
        entries=entries,
        is_whole=asked.last - asked.after > len(entries),
    )
    return News(frozenset(one.kind for one in entries), html)
