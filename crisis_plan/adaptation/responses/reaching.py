"""By which numbers a card's contacts are reached on one day: cards name functions, the directory knows the numbers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact
from crisis_plan.anticipation.referents.chapter import reached, telephones
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.document.blocks import Span, Text, plain
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

TO_FIND = "numéro à trouver"
NOBODY = "personne ne tient cette fonction aujourd’hui"
BETWEEN = " · "
AFTER_NAME = "\u00a0: "
BY_FUNCTION = "{} – "
PRIVATE = " (numéro privé)"
"""Of who has private numbers alone: not to be given out; the public edition says why there is none."""

Held = Mapping[uuid.UUID, FunctionToday]
"""The functions of the cell by their id, with who holds them on the day."""


def held_today(cpts: Cpts, today: date) -> Held:
    """Who may be called for each function; two statements."""
    return {held.function.id: held for held in crisis_cell.functions(cpts, today)}


def held_for(cpts: Cpts, card: ActionCard, today: date) -> Held:
    """The same for one card; nothing is asked where it names no function to call."""
    return held_today(cpts, today) if any(one.function_id for one in card.contacts) else {}


def printed(contact: CardContact, held: Held) -> Text:
    """The same for who reads no link: of a function, its name first, so that nobody stands there under another's."""
    called = contact.function.name if contact.function else ""
    is_said = not called or folded(called) == folded(contact.label)
    return (*(() if is_said else (Span(BY_FUNCTION.format(called)),)), *numbers(contact, held))


def numbers(contact: CardContact, held: Held) -> Text:
    """Names and numbers to press, private ones for the restricted edition; a gap is said."""
    if contact.function_id is not None:
        return _of_function(held.get(contact.function_id))
    if contact.contact is not None:
        return _of(contact.contact, label=contact.label)
    return plain(TO_FIND.capitalize(), bold=True)


def _of_function(held: FunctionToday | None) -> Text:
    """The titular, and the deputy on a line of its own."""
    spans: list[Span] = []
    for rank, duty in held.held_by if held else ():
        if duty is None:
            continue
        if spans:
            spans.append(Span("\n"))
        if rank is Rank.DEPUTY:
            spans.append(Span(f"{rank.label}{AFTER_NAME}"))
        spans += _of(duty.contact)
    return tuple(spans) or (Span(f"{NOBODY}{AFTER_NAME}"), Span(TO_FIND, bold=True))


def _of(contact: Contact, *, label: str = "") -> Text:
    if not contact.phones:
        return (Span(f"{contact.name}{AFTER_NAME}"), Span(TO_FIND, bold=True))
    is_said_already = folded(label) == folded(contact.name)
    if is_said_already and not all(phone.is_private for phone in contact.phones):
        return telephones(contact, between=BETWEEN)
    if all(phone.is_private for phone in contact.phones):
        after = (Span(PRIVATE), Span(AFTER_NAME, restricted=True))
        return (Span(contact.name, bold=True), *after, *telephones(contact, between=BETWEEN))
    return reached(contact, after_name=AFTER_NAME, between=BETWEEN)
