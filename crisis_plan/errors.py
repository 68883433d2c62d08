"""Refusals by name: raised by operations, shown by the web."""


class RuleBroken(Exception):
    """A rule of the trade says no. `str()` is the French sentence that the person reads."""

    status = 409

    def __str__(self) -> str:
        return self.args[0] if self.args else "Cette action n’est pas possible maintenant."


class Stale(RuleBroken):
    """What is being saved was changed by someone else since it was opened."""

    def __str__(self) -> str:
        return "Quelqu’un d’autre a modifié cette page pendant votre saisie."
