"""What the pack says, read once for all its papers: the working data of today, not those of the published version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan import clock
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

UNSAID, STRUCTURES = "Profession non précisée", "Structures"


@dataclass(frozen=True)
class Called:
    """Someone to call, and as what."""

    contact: Contact
    what: str


@dataclass(frozen=True)
class Reading:
    """A CPTS at one moment."""

    cpts: Cpts
    at: datetime

    @cached_property
    def today(self) -> date:
        return clock.local(self.at, self.cpts).date()

    @cached_property
    def contacts(self) -> Sequence[Contact]:
        """The whole directory, by name, with everything that reaches each."""
        return directory.contacts(self.cpts)

    @cached_property
    def whole(self) -> dict[UUID, Contact]:
        """The same by identity: who holds a duty is loaded there without what it does not show."""
        return {contact.id: contact for contact in self.contacts}

    @cached_property
    def functions(self) -> tuple[FunctionToday, ...]:
        return crisis_cell.functions(self.cpts, self.today)

    @cached_property
    def cell(self) -> list[Called]:
        """Who holds a function today, each once with all their functions."""
        held: dict[UUID, list[str]] = {}
        for one in self.functions:
            for rank, duty in one.held_by:
                if duty and duty.contact:
                    held.setdefault(duty.contact.id, []).append(f"{one.function.name} ({rank.label.lower()})")
        return [Called(self.whole[contact_id], ", ".join(said)) for contact_id, said in held.items()]

    @cached_property
    def referents(self) -> list[Called]:
        duties = referents.on_duty(self.cpts, self.today)
        return [
            Called(
                self.whole[duty.contact.id],
                ". ".join(filter(None, (f"Référent de crise, {rank.label.lower()}", duty.said))),
            )
            for rank, duty in duties.items()
        ]


def by_profession(contacts: Iterable[Contact]) -> list[tuple[str, list[Contact]]]:
    """These people by profession, in alphabetical order; structures and the unsaid last."""
    found: dict[str, list[Contact]] = {}
    for contact in contacts:
        found.setdefault(STRUCTURES if contact.is_service else contact.profession or UNSAID, []).append(contact)
    return sorted(found.items(), key=lambda one: (one[0] in (STRUCTURES, UNSAID), folded(one[0])))
