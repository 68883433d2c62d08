"""Two versions as one document whose parts say what became of them: the page and the paper print it as any other.

What was compared can be told again from it, exactly: `before_of` and `after_of`. Nothing of it is read anywhere else
than in the two documents, and what was restricted in either stays so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crisis_plan.document.blocks import Chapter, Document, Part
from crisis_plan.document.comparison_blocks import merged_sections
from crisis_plan.document.comparison_order import matching, ranked, steps
from crisis_plan.document.comparison_sides import after_of, before_of
from crisis_plan.document.cover import cover_chapter
from crisis_plan.document.revisions import Revision

__all__ = ["after_of", "before_of", "compared", "consolidated", "with_cover"]


def compared(document: Document) -> Document:
    """The document without its own change list, which is not part of what is compared."""
    return replace(document, chapters=tuple(one for one in document.chapters if one.part is not Part.CHANGES))


def consolidated(before: Document, after: Document) -> Document:
    """The newer document, with what the older one had besides, each thing marked."""
    old, new = compared(before).chapters, compared(after).chapters
    return replace(after, chapters=tuple(_chapters(old, new)), formerly=replace(before, chapters=()))


def with_cover(both: Document, before: Document, after: Document) -> Document:
    """With what the two covers say, as a first chapter; without it where they say the same."""
    old, new = cover_chapter(before), cover_chapter(after)
    return both if old == new else replace(both, chapters=(_merged(old, new), *both.chapters))


def _chapters(old: Sequence[Chapter], new: Sequence[Chapter]) -> Iterator[Chapter]:
    keys = [ranked([(chapter.key, chapter.part, chapter.restricted) for chapter in side]) for side in (old, new)]
    before, after = dict(zip(keys[0], old, strict=True)), dict(zip(keys[1], new, strict=True))
    for was, now in steps(keys[0], keys[1], matching(*keys)):
        if was and now:
            yield _merged(before[was], after[now])
        elif was:
            yield replace(before[was], mark=Revision.MOVED_AWAY if was in after else Revision.REMOVED)
        elif now and now in before:
            yield replace(_merged(before[now], after[now]), mark=Revision.MOVED_HERE)
        elif now:
            yield replace(after[now], mark=Revision.ADDED)


def _merged(old: Chapter, new: Chapter) -> Chapter:
    was, now = replace(old, blocks=()), replace(new, blocks=())
    blocks = new.blocks if old.blocks == new.blocks else tuple(merged_sections(old.blocks, new.blocks))
    return replace(new, blocks=blocks, formerly=None if was == now else was)
