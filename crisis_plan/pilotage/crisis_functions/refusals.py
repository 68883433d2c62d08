"""What is refused about functions, and what to do instead."""

from __future__ import annotations

from crisis_plan.errors import RuleBroken


class FunctionThere(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette fonction est déjà dans la liste\u00a0: prenez-la, ou donnez un autre nom."


class EndsBeforeItStarts(RuleBroken):
    status = 422
    field = "ends"

    def __str__(self) -> str:
        return "Le service finirait avant d’avoir commencé\u00a0: vérifiez les heures."


class StartsInThePast(RuleBroken):
    status = 422
    field = "starts"

    def __str__(self) -> str:
        return "Cette heure est passée\u00a0: pour quelqu’un qui est déjà là, mettez-le de service maintenant."


class PlannedAlready(RuleBroken):
    """Raised with the name of who is planned at that time."""

    status = 422
    field = "together"

    def __str__(self) -> str:
        return f"{self.args[0]} est déjà prévu à ce moment\u00a0: changez les heures, annulez son tour, ou cochez cette case."


class ServiceOver(RuleBroken):
    def __str__(self) -> str:
        return "Ce service est terminé\u00a0: il reste dans l’histoire de la fonction."


class ServiceStarted(RuleBroken):
    def __str__(self) -> str:
        return "Ce service a commencé\u00a0: il se termine, il ne s’annule plus."
