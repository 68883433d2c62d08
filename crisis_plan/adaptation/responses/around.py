"""Where a card stands in the booklet: its number, the one before, the one after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OtherCard:
    """Another card of the booklet."""

    id: UUID
    number: int
    title: str


@dataclass(frozen=True)
class Around:
    """A card's number, of how many, and its neighbours."""

    number: int
    total: int
    previous: OtherCard | None = None
    next: OtherCard | None = None


def around(titles: Sequence[tuple[UUID, str]], card_id: UUID) -> Around:
    """`titles` are all the cards in order, this one among them."""
    rank = [one for one, _title in titles].index(card_id)
    return Around(rank + 1, len(titles), _at(titles, rank - 1), _at(titles, rank + 1))


def _at(titles: Sequence[tuple[UUID, str]], rank: int) -> OtherCard | None:
    if not 0 <= rank < len(titles):
        return None
    found, title = titles[rank]
    return OtherCard(found, rank + 1, title)
