"""The directory on one page, for a pocket without network: the cell first, then everyone by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as cell

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact, ContactPhone

CALLED_FIRST = (
    ContactKind.INSTITUTION,
    ContactKind.PARTNER,
    ContactKind.ESTABLISHMENT,
    ContactKind.ADHERENT,
    ContactKind.PROFESSIONAL,
)
"""Those whom a crisis calls before the others."""


@dataclass(frozen=True)
class Line:
    """Someone, what they are, where, and the numbers to press."""

    name: str
    what: str
    where: str
    phones: tuple[ContactPhone, ...]


@dataclass(frozen=True)
class Group:
    """Lines under one heading; `key` is its anchor."""

    key: str
    title: str
    lines: tuple[Line, ...]


def groups(cpts: Cpts, today: date) -> list[Group]:
    """The cell by function, then the directory by kind; a group of nobody is left out."""
    contacts = directory.contacts(cpts)
    held = Group("cellule", "Cellule de crise", tuple(_holders(cpts, today)))
    by_kind = [Group(kind.value, kind.plural, _lines(contacts, kind)) for kind in CALLED_FIRST]
    return [group for group in (held, *by_kind) if group.lines]


def _holders(cpts: Cpts, today: date) -> Iterable[Line]:
    for function in cell.functions(cpts, today):
        for rank, duty in function.held_by:
            if duty and duty.contact:
                what = f"{function.function.name}, {rank.label.lower()}"
                yield Line(duty.contact.name, what, "", tuple(duty.contact.phones_direct_first))


def _lines(contacts: Sequence[Contact], kind: ContactKind) -> tuple[Line, ...]:
    return tuple(
        Line(
            one.name,
            one.what,
            ", ".join(dict.fromkeys(place.commune for place in one.places if place.commune)),
            tuple(one.phones_direct_first),
        )
        for one in contacts
        if one.kind is kind
    )
