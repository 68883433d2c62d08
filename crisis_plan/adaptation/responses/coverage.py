"""Which crisis types the cards cover, and why the others are not. Source: domain, sections 3 and 4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from crisis_plan.adaptation.crisis_types import CrisisType

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.models import ActionCard, UncoveredType

NONE_ANSWERED = (
    "Aucun des cinq types de crise n’est couvert par une fiche action, et aucun n’est dit «\u00a0non couvert\u00a0»."
)


class Cover(StrEnum):
    """What the plan says of a crisis type."""

    TO_ANSWER = "to_answer"
    COVERED = "covered"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        return {"to_answer": "À traiter", "covered": "Couvert", "waived": "Non couvert"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"to_answer": "warning", "covered": "ok", "waived": "neutral"}[self.value]


@dataclass(frozen=True)
class TypeCoverage:
    """A crisis type, the cards that name it with their numbers, and the reason given for having none."""

    crisis_type: CrisisType
    cards: tuple[tuple[int, ActionCard], ...] = ()
    reason: str = ""

    @property
    def is_covered(self) -> bool:
        """One card at least names the type."""
        return bool(self.cards)

    @property
    def is_answered(self) -> bool:
        """The plan says what is done in this crisis, or why nothing is."""
        return self.is_covered or bool(self.reason)

    @property
    def is_reason_idle(self) -> bool:
        """A reason was given, then a card came: the reason is kept, and no longer counts."""
        return self.is_covered and bool(self.reason)

    @property
    def cover(self) -> Cover:
        if self.is_covered:
            return Cover.COVERED
        return Cover.WAIVED if self.reason else Cover.TO_ANSWER


def coverage(cards: Iterable[ActionCard], uncovered: Iterable[UncoveredType]) -> list[TypeCoverage]:
    """The five types in the order of the domain; `cards` are all those of a CPTS, in the order of the booklet."""
    known = list(enumerate(cards, start=1))
    reasons = {one.crisis_type: one.reason for one in uncovered}
    return [
        TypeCoverage(
            one,
            tuple((number, card) for number, card in known if one.value in card.crisis_types),
            reasons.get(one, ""),
        )
        for one in CrisisType
    ]


def lacks(found: Iterable[TypeCoverage]) -> tuple[str, ...]:
    """What the requirement « reponse » still lacks: a sentence for each type neither covered nor waived."""
    silent = [one.crisis_type for one in found if not one.is_answered]
    if len(silent) == len(CrisisType):
        return (NONE_ANSWERED,)
    return tuple(
        f"Type {one.number}, {one.label}\u00a0: aucune fiche action ne le couvre, et aucun motif n’est donné."
        for one in silent
    )


def left_uncovered(found: Iterable[TypeCoverage], card: ActionCard) -> list[TypeCoverage]:
    """The types that this card covers alone: without it, their reason counts again, or nothing answers them."""
    return [one for one in found if [covering for _number, covering in one.cards] == [card]]
