"""The changed chapters of two versions on a page: fifty lines of tables of each, then on pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Chapter, Row
from crisis_plan.document.comparison_reading import Changed
from crisis_plan.publication.reading import annex_page
from crisis_plan.web.pages import Page

if TYPE_CHECKING:
    from crisis_plan.publication.comparison import Comparison


@dataclass(frozen=True)
class ChangedChapter:
    """A chapter that changed, and the page of it that is shown."""

    found: Changed
    shown: Chapter
    page: Page[Row]


AT_ONCE = 40
"""Changes that hold on one page; beyond, each chapter has its own."""


def is_long(found: Comparison) -> bool:
    return sum(len(one.kinds) for one in found.chapters) > AT_ONCE


def pages_of(found: Comparison, *, key: str, number: int) -> list[ChangedChapter] | None:
    """Every changed chapter, each on its first page; or the one with this key, on the page asked; none without it."""
    wanted = [one for one in found.different if not key or one.chapter.key == key]
    if key and not wanted:
        return None
    return [_on_a_page(one, number if key else 1) for one in wanted]


def _on_a_page(one: Changed, number: int) -> ChangedChapter:
    shown, page = annex_page(one.chapter, asked="", number=number)
    return ChangedChapter(one, shown if page.count > 1 else one.chapter, page)
