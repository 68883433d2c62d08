"""What the version in force has and the plan has no more: a card, a place, a plan of others, each as a thing changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from crisis_plan.adaptation.places import chapter as place_chapter
from crisis_plan.adaptation.responses.chapter import CARD
from crisis_plan.document.changes import Change, ChangeKind
from crisis_plan.yearly_update.signatures.rules import Thing, ThingKind

CARDS, PLACES, NEIGHBOURS = "Fiches actions", "Lieux mobilisables", "Plans voisins"
ORSAN = "orsan"
"""The section that has a line for each plan of others."""


def things(changes: Sequence[Change], kept: Collection[str]) -> tuple[Thing, ...]:
    """Each of them once, but for what is still there."""
    found = {one.key: one for change in changes for one in (*_cards(change), *_rows(change)) if one.key not in kept}
    return tuple(found.values())


def _cards(change: Change) -> Iterator[Thing]:
    if change.kind is ChangeKind.REMOVED and change.chapter_key.startswith(CARD) and not change.anchor:
        key, label = change.chapter_key.removeprefix(CARD), change.place
        yield Thing(ThingKind.CARD, key, label, "cpts.responses.index", {}, ("Fiche retirée.",), CARDS)


def _rows(change: Change) -> Iterator[Thing]:
    """The removed rows; they say their names in their order, but where the whole table went with them."""
    names = change.before if len(change.before) == len(change.rows) else ("",) * len(change.rows)
    for row, name in zip(change.rows, names, strict=True):
        if row.kind is not ChangeKind.REMOVED:
            continue
        label = name.partition(" · ")[0].partition("\n")[0]
        if change.chapter_key == place_chapter.KEY:
            said = ("Lieu retiré.",)
            yield Thing(ThingKind.PLACE, row.key, label or "Lieu", "cpts.places.index", {}, said, PLACES)
        elif change.anchor == ORSAN and _is_row_of_its_own(row.key):
            said = ("Plan retiré.",)
            yield Thing(
                ThingKind.NEIGHBOUR, row.key, label or "Plan voisin", "cpts.neighbours.index", {}, said, NEIGHBOURS
            )


def _is_row_of_its_own(key: str) -> bool:
    """Whether this is the identity of something, rather than a line that every plan has."""
    try:
        UUID(key)
    except ValueError:
        return False
    return True
