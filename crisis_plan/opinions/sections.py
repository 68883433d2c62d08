"""What a reader may speak of: the sections of a frozen version, as that version calls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crisis_plan.document.blocks import Document, Heading, Part

LONGEST_TITLE = 200


@dataclass(frozen=True)
class FrozenSection:
    """A section of one version: its key in the trame, its title and its theme there."""

    key: str
    title: str
    theme: str = ""


WHOLE_PLAN = FrozenSection("", "L’ensemble du plan")


def sections(document: Document) -> tuple[FrozenSection, ...]:
    """The whole plan, then every requirement of the trame that the version holds, in its order."""
    found = (
        FrozenSection(block.anchor, block.text[:LONGEST_TITLE], chapter.title)
        for chapter in document.chapters
        if chapter.part is Part.BODY
        for block in chapter.blocks
        if isinstance(block, Heading) and block.level == 2 and block.anchor
    )
    return (WHOLE_PLAN, *found)


def section_of(known: Sequence[FrozenSection], key: str) -> FrozenSection | None:
    """The section of this key, where the version has it."""
    return next((one for one in known if one.key == key), None)
