"""What changes of a document without anybody changing the plan: what is marked so, and the warnings of the tool."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_plan.document.blocks import Block, Facts, Notice, Tone


def is_warning(block: Block) -> bool:
    """Whether the tool says it, of that day: nobody writes a warning in a plan."""
    return isinstance(block, Notice) and block.tone is not Tone.NEUTRAL


def without_warnings(blocks: Iterable[Block]) -> list[Block]:
    """What people wrote."""
    return [block for block in blocks if not is_warning(block)]


def passing_labels(blocks: Iterable[Block]) -> set[str]:
    """The facts that change by mere upkeep, such as how many contacts were verified."""
    return {fact.label for block in blocks if isinstance(block, Facts) for fact in block.facts if fact.passing}
