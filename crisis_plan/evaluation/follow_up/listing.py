"""The list of improvements: what its filters keep, in the order in which it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement

OUTSIDE = "hors-plan"
"""How an address names what is outside the text of the plan."""
MINE = "moi"
UNKNOWN = "introuvable"
"""Said of what an address asks for and no improvement is about."""
FAR = date.max


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; none: everything."""

    state: ImprovementState | None = None
    origin: Origin | None = None
    owner_id: UUID | None = None
    """Whoever asks for their own."""
    is_late: bool = False
    place: str = ""
    """A section's key, a card's identity, or outside."""

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address writes them."""
        known = {
            "etat": self.state or "",
            "origine": self.origin or "",
            "responsable": MINE if self.owner_id else "",
            "retard": "oui" if self.is_late else "",
            "rubrique": self.place,
        }
        return {name: str(value) for name, value in known.items() if value}

    def told(self, places: Mapping[str, str]) -> list[tuple[str, str]]:
        """The filters in words, as a print names them; an address may ask for what is not there."""
        asked = {
            "État": self.state.label if self.state else "",
            "Origine": self.origin.label if self.origin else "",
            "Responsable": "la personne qui imprime" if self.owner_id else "",
            "Échéance": "en retard" if self.is_late else "",
            "Dans le plan": places.get(self.place, UNKNOWN) if self.place else "",
        }
        return [(label, value) for label, value in asked.items() if value]

    def keeps(self, improvement: Improvement, today: date) -> bool:
        return (
            (self.state is None or improvement.state is self.state)
            and (self.origin is None or improvement.origin is self.origin)
            and (self.owner_id is None or improvement.owner_account_id == self.owner_id)
            and (not self.is_late or improvement.is_overdue(today))
            and (not self.place or place_of(improvement) == self.place)
        )


def matching(known: Iterable[Improvement], filters: Filters, today: date) -> list[Improvement]:
    """What the filters keep: what is still to be done by its last day, then what was closed last."""
    kept = [one for one in known if filters.keeps(one, today)]
    still_open = [one for one in kept if one.state.is_open]
    closed = [one for one in kept if not one.state.is_open]
    return [
        *sorted(still_open, key=lambda one: (one.due_on or FAR, one.number)),
        *sorted(closed, key=lambda one: (one.changed_at, one.number), reverse=True),
    ]


def counts(known: Iterable[Improvement]) -> list[tuple[ImprovementState, int]]:
    """How many stand where, every state told."""
    found = Counter(one.state for one in known)
    return [(state, found[state]) for state in ImprovementState]


def late(known: Iterable[Improvement], today: date) -> int:
    """How many should be done by now."""
    return sum(one.is_overdue(today) for one in known)


def place_of(improvement: Improvement) -> str:
    """How an address names where in the plan it is."""
    return improvement.section_key or (str(improvement.card_id) if improvement.card_id else OUTSIDE)


def places(known: Iterable[Improvement]) -> dict[str, str]:
    """Where these improvements are, by title: only what some improvement is about; outside last."""
    named = {place_of(one): one.target for one in known}
    outside = {OUTSIDE: "Hors du texte du plan"} if named.pop(OUTSIDE, None) is not None else {}
    return dict(sorted(named.items(), key=lambda item: item[1])) | outside


@dataclass(frozen=True)
class Listed:
    """The whole list and what is kept of it, as a print or a spreadsheet tells them."""

    every: Sequence[Improvement]
    filters: Filters
    today: date

    @property
    def kept(self) -> list[Improvement]:
        return matching(self.every, self.filters, self.today)
