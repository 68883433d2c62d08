"""What is said to whom one calls in a crisis, and what the logbook says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Results, in_words
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.crises.models import Crisis

TO_THE_CELL = "La cellule de crise est réunie. Pouvez-vous venir, et à partir de quelle heure\u00a0?"

OF_A_LIST = "Liste d’appel"
"""What every entry that tells a call list begins with."""


def proposed_title(chosen: Choice) -> str:
    """« Rappel : Volontaires », to be reworded or not."""
    return f"Rappel\u00a0: {chosen.label}"


def proposed_message(cpts: Cpts, crisis: Crisis, chosen: Choice) -> str:
    """What callers say, to be reworded or not."""
    if chosen.audience is Audience.CELL:
        return TO_THE_CELL
    return f"{cpts.name}\u00a0: {crisis.title}. Êtes-vous disponible, et à partir de quelle heure\u00a0?"


def opening_words(title: str, audience: str, count: int, channel: Channel) -> str:
    """The entry of a list that opens."""
    return f"{OF_A_LIST} ouverte\u00a0: {title}, {audience}, {counted(count, 'personne')}, {channel.label.lower()}."


def closing_words(title: str, results: Results) -> str:
    """The entry of a list that closes: its figures, as the list measured them."""
    figures = (
        f"{results.reached} {'jointe' if results.reached < 2 else 'jointes'} sur {counted(results.asked, 'personne')}",
        counted(results.coming, "vient", "viennent"),
        f"la moitié en\u00a0: {in_words(results.median)}",
        f"90\u00a0% en\u00a0: {in_words(results.ninetieth)}",
    )
    return f"{OF_A_LIST} close\u00a0: {title}. {', '.join(figures)}."
