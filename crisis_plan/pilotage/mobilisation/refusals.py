"""Why time or an action is not recorded as it was typed; `field` is what the refusal is about."""

from __future__ import annotations

from crisis_plan.errors import RuleBroken


class NotRecorded(RuleBroken):
    """A refusal that a form shows beside one of its fields."""

    status = 422
    field = ""


class NobodyNamed(NotRecorded):
    field = "others"

    def __str__(self) -> str:
        return "Dites qui\u00a0: cochez un nom, cherchez dans l’annuaire, ou écrivez un nom et une profession."


class StartsInTheFuture(NotRecorded):
    field = "starts"

    def __str__(self) -> str:
        return "Ce début est dans l’avenir\u00a0: on note ici le temps passé."


class EndsInTheFuture(NotRecorded):
    field = "ends"

    def __str__(self) -> str:
        return "Cette fin est dans l’avenir\u00a0: laissez-la vide, et notez la fin quand le travail est terminé."


class EndsBeforeItStarts(NotRecorded):
    field = "ends"

    def __str__(self) -> str:
        return "La fin est avant le début, ou au même moment."


class NotYetDone(NotRecorded):
    field = "happened"

    def __str__(self) -> str:
        return "Ce moment est dans l’avenir\u00a0: on note ici ce qui est fait."


class NoLongerInThePlan(NotRecorded):
    field = "card"

    def __str__(self) -> str:
        return "Cette fiche vient d’être retirée du plan\u00a0: choisissez-en une autre, ou écrivez l’action."


class NoActionNamed(NotRecorded):
    field = "label"

    def __str__(self) -> str:
        return "Choisissez une fiche du plan, ou écrivez l’action du plan en ses mots."
