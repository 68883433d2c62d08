"""Which cards of a frozen plan concern one person: those that name their profession or a function they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from crisis_plan.adaptation.responses.card_blocks import WHEN
from crisis_plan.anticipation.directory.professions import PROPOSED, usual
from crisis_plan.document.blocks import Chapter, Document, Facts, Part, words
from crisis_plan.folding import folded


@dataclass(frozen=True)
class PublishedCard:
    """A card of the version in force, under its number in the booklet."""

    number: int
    chapter: Chapter

    @property
    def when(self) -> str:
        """When it is taken out; empty where nobody wrote it."""
        facts = (fact for block in self.chapter.blocks if isinstance(block, Facts) for fact in block.facts)
        return next((words(fact.value) for fact in facts if fact.label == WHEN), "")

    @property
    def is_for_everyone(self) -> bool:
        return not self.chapter.concerns

    def names(self, sought: Collection[str], functions: Collection[str]) -> bool:
        """Whether it is for someone who bears one of these names, said in one way (`said_once`), or one of these functions."""
        is_named = not said_once(self.chapter.concerns).isdisjoint(sought)
        return is_named or not set(functions).isdisjoint(self.chapter.functions)


@dataclass(frozen=True)
class OwnCards:
    """What one person reads: what names them, then what is for everyone."""

    own: tuple[PublishedCard, ...]
    for_everyone: tuple[PublishedCard, ...]


def published_cards(document: Document | None) -> tuple[PublishedCard, ...]:
    """The cards of a version, in the order of its booklet."""
    chapters = document.chapters if document else ()
    cards = (chapter for chapter in chapters if chapter.part is Part.CARD)
    return tuple(PublishedCard(number, card) for number, card in enumerate(cards, start=1))


def concerning(cards: Iterable[PublishedCard], names: Iterable[str], functions: Collection[str] = ()) -> OwnCards:
    """The cards of someone who is called by these names, and holds the functions of these identities."""
    found, sought = tuple(cards), said_once(names)
    return OwnCards(
        own=tuple(card for card in found if card.names(sought, functions)),
        for_everyone=tuple(card for card in found if card.is_for_everyone),
    )


def said_once(names: Iterable[str]) -> frozenset[str]:
    """Each name in one spelling: « Infirmière » and « Infirmier » are one profession."""
    return frozenset(folded(usual(name)[0]) for name in names if name.strip())


def others_named(cards: Iterable[PublishedCard]) -> list[str]:
    """What cards name that is none of the usual professions: functions of the cell, and other trades."""
    usual_ones = said_once(PROPOSED)
    named = {name for card in cards for name in card.chapter.concerns if not said_once((name,)) <= usual_ones}
    return sorted(named, key=folded)
