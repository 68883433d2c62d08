"""Why a duty is refused, in words: the same for the referents and for a function of the crisis cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from crisis_plan.anticipation.referents.rules import (
    Duty,
    Period,
    Rank,
    is_past,
    same_person_meanwhile,
    same_rank_meanwhile,
)
from crisis_plan.anticipation.referents.wording import period_in_words
from crisis_plan.errors import RuleBroken


class HeldDuty(Duty, Protocol):
    """A duty that knows who holds it."""

    @property
    def holder(self) -> str: ...


class DutyRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422
    field = "starts_on"


class RankHeld(DutyRefused):
    """Somebody holds this rank on some of these days."""

    def __init__(self, held: HeldDuty) -> None:
        super().__init__(
            f"{held.holder} est déjà {held.rank.label.lower()} {period_in_words(held)}. "
            "Terminez d’abord cette période, ou choisissez d’autres dates."
        )


class OwnDeputy(DutyRefused):
    """Nobody is their own deputy."""

    field = "contact"

    def __init__(self, held: HeldDuty) -> None:
        other = {Rank.TITULAR: "suppléant", Rank.DEPUTY: "titulaire"}[held.rank]
        super().__init__(
            f"{held.holder} est déjà {held.rank.label.lower()} {period_in_words(held)}\u00a0: "
            f"choisissez quelqu’un d’autre comme {other}."
        )


class EndsBeforeItStarts(DutyRefused):
    field = "ends_on"

    def __str__(self) -> str:
        return "Le dernier jour est avant le premier\u00a0: corrigez l’une des deux dates."


class HasStarted(RuleBroken):
    def __str__(self) -> str:
        return "Cette période a commencé\u00a0: elle se termine à une date, elle ne s’efface pas."


class IsHistory(RuleBroken):
    def __str__(self) -> str:
        return "Cette période est terminée\u00a0: elle fait partie de l’historique et ne se modifie plus."


def refuse_history(duty: Period, today: date) -> None:
    """Raises `IsHistory` when the duty is over."""
    if is_past(duty, today):
        raise IsHistory


def refuse_a_clash(others: Iterable[HeldDuty], proposed: Duty) -> None:
    """Raises `EndsBeforeItStarts`, `RankHeld` or `OwnDeputy`."""
    known = list(others)
    if proposed.ends_on is not None and proposed.ends_on < proposed.starts_on:
        raise EndsBeforeItStarts
    if held := same_rank_meanwhile(known, proposed):
        raise RankHeld(held)
    if held := same_person_meanwhile(known, proposed):
        raise OwnDeputy(held)
