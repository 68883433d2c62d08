"""Who is called: a choice, said in words, and the people that it stands for on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


@dataclass(frozen=True)
class People:
    """Those who would be called, and how many could not be reached by each channel."""

    contacts: Sequence[Contact]

    @property
    def count(self) -> int:
        return len(self.contacts)

    @property
    def without_phone(self) -> int:
        return sum(not contact.phones for contact in self.contacts)

    @property
    def without_email(self) -> int:
        return sum(not contact.emails for contact in self.contacts)


def people(cpts: Cpts, chosen: Choice, today: date) -> People:
    """Whom this choice stands for today, by name, each once."""
    if chosen.audience is Audience.CELL:
        return _each_once(duty.contact for one in crisis_cell.functions(cpts, today) for _, duty in one.held_by if duty)
    if chosen.audience is Audience.REFERENTS:
        return _each_once(duty.contact for duty in referents.on_duty(cpts, today).values())
    filters = {
        Audience.ADHERENTS: directory.Filters(kind=ContactKind.ADHERENT),
        Audience.PROFESSION: directory.Filters(profession=chosen.which),
        Audience.COMMUNE: directory.Filters(commune=chosen.which),
        Audience.PARTNERS: directory.Filters(kind=ContactKind.PARTNER),
    }.get(chosen.audience)
    found = directory.contacts(cpts, filters)
    if chosen.audience is Audience.VOLUNTEERS:
        return People([one for one in found if _volunteers(one, chosen.which)])
    return People(found)


def _volunteers(contact: Contact, crisis_type: str) -> bool:
    """Whether this person offered to help in a crisis of this type; in any, when none is named."""
    return crisis_type in contact.volunteer_for if crisis_type else bool(contact.volunteer_for)


def _each_once(contacts: Iterable[Contact | None]) -> People:
    """These people by name, each once; whoever left the directory is nobody to call."""
    known = {contact.id: contact for contact in contacts if contact}
    return People(sorted(known.values(), key=lambda contact: contact.sort_name))
