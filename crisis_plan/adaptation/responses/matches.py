"""What of a shipped draft a CPTS has already: its functions, what its stock holds, the services of its directory.

A draft names things by their usual name. What is not found stays in words, for somebody to complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.functions import proposed

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

PLURAL = "sx"


@dataclass(frozen=True)
class Matches:
    """What the drafts may be tied to in one CPTS."""

    functions: Mapping[str, CellFunction]
    """By their key: renamed, a function is still the same."""
    items: Sequence[StockItem]
    services: Mapping[str, Contact]
    """The one service that answers to these words; none where there are two."""

    def items_called(self, usual: str) -> list[StockItem]:
        """« Gants » finds « Gant nitrile, taille M »; never what merely mentions them."""
        return [item for item in self.items if begins_with(item.name, usual)]

    def doer(self, key: str) -> str:
        """Who does a step in words: nobody where the CPTS has the function, which is then named by itself."""
        return "" if not key or key in self.functions else proposed(key).name


def matches_for(cpts: Cpts, drafts: Iterable[Draft]) -> Matches:
    """What this CPTS has of all that these drafts name; each room is read once, whatever the drafts."""
    wanted = {contact.named for draft in drafts for contact in draft.contacts if contact.named}
    services = [one for one in directory.contacts(cpts) if one.is_service] if wanted else []
    found = {words: _the_one(words, services) for words in wanted}
    return Matches(
        functions={function.key: function for function in crisis_cell.functions_alone(cpts) if function.key},
        items=stock.items(cpts),
        services={words: contact for words, contact in found.items() if contact},
    )


def begins_with(name: str, usual: str) -> bool:
    """Whether a name begins with these words, singular or plural."""
    wanted = _singular(usual)
    return _singular(name)[: len(wanted)] == wanted


def _the_one(words: str, services: Iterable[Contact]) -> Contact | None:
    """The only one whose name or category says these words; a person never stands for a service."""
    named = [one for one in services if words in folded(f"{one.name} {one.category}").split()]
    return named[0] if len(named) == 1 else None


def _singular(name: str) -> list[str]:
    return [word.rstrip(PLURAL) for word in folded(name).split()]
