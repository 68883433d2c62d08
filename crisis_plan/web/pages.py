"""Lists in pages of 50."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from crisis_plan.db import db

Item = TypeVar("Item")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list: `number` from 1, `count` pages, `total` items in all."""

    items: Sequence[Item]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.count


def page_of(query: sa.Select[Item], number: int) -> Page[Item]:
    """The asked page of this query's rows; beyond the last one, the last one."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(_bare(query))) or 0
    number = min(max(1, number), max(1, -(-total // PAGE_SIZE)))
    items = db.session.scalars(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).unique().all()
    return Page(items, number, total)


def page_of_list(found: Sequence[Item], number: int) -> Page[Item]:
    """The asked page of what is already in memory; beyond the last one, the last one."""
    number = min(max(1, number), max(1, -(-len(found) // PAGE_SIZE)))
    return Page(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, len(found))


def _bare(query: sa.Select[Any]) -> sa.Subquery:
    return query.with_only_columns(sa.literal(1)).order_by(None).subquery()
