"""A card cut at its headings, for one thumb: the strip, the parts, and where the bar at the bottom leads."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.adaptation.responses.card_blocks import Anchor
from crisis_plan.document.blocks import Block, Chapter, Heading

IN_THE_BAR = {
    Anchor.FIRST_HOUR: "1re heure",
    Anchor.THEN: "Ensuite",
    Anchor.CONTINUITY: "Continuité",
    Anchor.CALL: "Appeler",
}


@dataclass(frozen=True)
class PhonePart:
    """What stands under one heading of the card."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    short: str
    """Its word in the bar; empty: the bar does not lead there."""


@dataclass(frozen=True)
class PhonePage:
    """A card as a telephone shows it."""

    title: str
    strip: tuple[Block, ...]
    parts: tuple[PhonePart, ...]

    @property
    def bar(self) -> tuple[PhonePart, ...]:
        return tuple(part for part in self.parts if part.short)


def phone_page(card: Chapter) -> PhonePage:
    """The same blocks as on paper."""
    strip: list[Block] = []
    parts: list[tuple[Heading, list[Block]]] = []
    for block in card.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            parts.append((block, []))
        else:
            (parts[-1][1] if parts else strip).append(block)
    shorts = {f"{card.key}-{anchor}": short for anchor, short in IN_THE_BAR.items()}
    shown = (PhonePart(at.anchor, at.text, tuple(below), shorts.get(at.anchor, "")) for at, below in parts)
    return PhonePage(card.title, tuple(strip), tuple(shown))
