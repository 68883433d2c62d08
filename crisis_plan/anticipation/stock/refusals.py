"""What the ledger of the stock refuses, each with the sentence that the person reads."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.stock.rules import LARGEST_QUANTITY
from crisis_plan.errors import RuleBroken
from crisis_plan.web.formats import number, short_date


class BatchGone(RuleBroken):
    def __str__(self) -> str:
        return "Ce lot vient d’être retiré par quelqu’un d’autre\u00a0: revenez à l’article."


class DayRefused(RuleBroken):
    """What is written cannot have happened on that day."""

    status = 422


class NotYet(DayRefused):
    def __str__(self) -> str:
        return "Ce jour n’est pas encore venu\u00a0: indiquez aujourd’hui ou un jour passé."


class CountedAfter(DayRefused):
    """What happened before a count is part of what was counted."""

    def __init__(self, day: date, place: str = "") -> None:
        self.day, self.place = day, place

    def __str__(self) -> str:
        batch = f"Le lot qui est à «\u00a0{self.place}\u00a0»" if self.place else "Ce lot"
        return (
            f"{batch} a été compté le {short_date(self.day)}\u00a0: ce qui s’est passé avant est déjà dans ce compte. "
            "Indiquez ce jour-là ou un jour plus récent."
        )


class NotFollowedYet(DayRefused):
    """The first quantity that is known of a batch holds whatever happened before."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return f"Ce lot n’est suivi que depuis le {short_date(self.day)}\u00a0: indiquez ce jour-là ou un plus récent."


class NotEnough(RuleBroken):
    """`left` is what may still go out; `since`: the earlier day from which that is so."""

    status = 422

    def __init__(self, left: int, since: date | None = None) -> None:
        self.left, self.since = left, since

    def __str__(self) -> str:
        if self.since:
            return (
                f"Depuis le {short_date(self.since)}, il n’y en a pas toujours eu plus de {number(self.left)} dans ce "
                "lot\u00a0: indiquez un jour plus récent, ou recomptez-le."
            )
        if not self.left:
            return "Il n’en reste plus dans ce lot\u00a0: choisissez un autre lot, ou recomptez celui-ci."
        return f"Il n’en reste que {number(self.left)} dans ce lot\u00a0: indiquez {number(self.left)} au plus."


class NotAQuantity(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return f"Indiquez une quantité de 1 à {number(LARGEST_QUANTITY)}."


class SamePlace(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Ce lot est déjà à cet endroit\u00a0: indiquez un autre lieu."


class ReversedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Ce mouvement est déjà annulé."


class NotReversible(RuleBroken):
    def __str__(self) -> str:
        return "Une annulation ne s’annule pas\u00a0: enregistrez un nouveau mouvement."


class CountedSince(RuleBroken):
    """Reversing would undo what a later count has found."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return f"Ce lot a été compté depuis, le {short_date(self.day)}\u00a0: comptez-le plutôt de nouveau."


class UsedSince(RuleBroken):
    """Reversing would leave less than nothing."""

    def __str__(self) -> str:
        return (
            "Ce qui est entré par ce mouvement est déjà ressorti\u00a0: l’annuler laisserait moins que rien. "
            "Comptez plutôt le lot."
        )


class LeftSince(RuleBroken):
    """More went out after that day than was found on it."""

    status = 422

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return (
            f"Depuis le {short_date(self.day)}, il en est sorti plus que ce compte\u00a0: vérifiez le nombre, ou "
            "comptez de nouveau aujourd’hui."
        )
