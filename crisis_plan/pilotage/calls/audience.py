"""Who is called: a choice, said in words, and the people that it stands for on that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class Audience(StrEnum):
    CELL = "cellule"
    REFERENTS = "referents"
    ADHERENTS = "adherents"
    PROFESSION = "profession"
    COMMUNE = "commune"
    EVERYONE = "annuaire"

    @property
    def label(self) -> str:
        return {
            "cellule": "Cellule de crise",
            "referents": "Référents de crise",
            "adherents": "Adhérents",
            "profession": "Une profession",
            "commune": "Une commune",
            "annuaire": "Tout l’annuaire",
        }[self.value]


NAMED = frozenset({Audience.PROFESSION, Audience.COMMUNE})
"""What needs one more word: which profession, which commune."""


@dataclass(frozen=True)
class Choice:
    """An audience; `which` names the profession or the commune."""

    audience: Audience
    which: str = ""

    @property
    def label(self) -> str:
        """« Adhérents », « Infirmier », « Uzès »."""
        return self.which if self.audience in NAMED else self.audience.label

    @property
    def in_words(self) -> str:
        """« Profession : Infirmier »."""
        kind = {Audience.PROFESSION: "Profession", Audience.COMMUNE: "Commune"}.get(self.audience)
        return f"{kind}\u00a0: {self.which}" if kind else self.audience.label

    @property
    def address(self) -> dict[str, str]:
        """The choice as an address carries it."""
        return {"public": self.audience.value, **({"precision": self.which} if self.which else {})}


def choice(audience: str, which: str) -> Choice | None:
    """What an address or a form names; none when it names nobody."""
    if audience not in list(Audience):
        return None
    found = Audience(audience)
    if found not in NAMED:
        return Choice(found)
    return Choice(found, which) if which else None


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
    filters = {
        Audience.ADHERENTS: directory.Filters(kind=ContactKind.ADHERENT),
        Audience.PROFESSION: directory.Filters(profession=chosen.which),
        Audience.COMMUNE: directory.Filters(commune=chosen.which),
    }.get(chosen.audience)
    found = directory.contacts(cpts, filters)
    if chosen.audience is Audience.CELL:
        return _among(found, _in_the_cell(cpts, today))
    if chosen.audience is Audience.REFERENTS:
        return _among(found, {duty.contact.id for duty in referents.on_duty(cpts, today).values() if duty.contact})
    return People(found)


def _in_the_cell(cpts: Cpts, today: date) -> set[UUID]:
    held = crisis_cell.functions(cpts, today)
    return {duty.contact.id for one in held for _, duty in one.held_by if duty and duty.contact}


def _among(found: Sequence[Contact], wanted: set[UUID]) -> People:
    return People([contact for contact in found if contact.id in wanted])
