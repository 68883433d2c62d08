"""Whom to hand a function to: those whom the cell names for it, then everyone else of the cell."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.anticipation.referents.rules import Rank

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.pilotage.crisis_cell.queries import FunctionToday
    from crisis_plan.pilotage.crisis_functions.duty import FunctionNow


OTHERS = 2
"""The place of whom the cell names for other functions."""


@dataclass(frozen=True)
class Offered:
    """Someone of the cell, what they hold there and what they said when called."""

    contact: Contact
    roles: str
    answer: str
    is_first: bool
    """Whether the cell names them for this function."""


def offered(one: FunctionNow, held: Iterable[FunctionToday]) -> list[Offered]:
    """Its deputy first, then its titular, then the others of the cell, each once; not who is there already."""
    found: dict[uuid.UUID, list[tuple[int, str, Contact]]] = {}
    for function in held:
        is_this = function.function.id == one.function.cell_function_id
        for rank, duty in function.held_by:
            if duty and duty.contact:
                place = (0 if rank is Rank.DEPUTY else 1) if is_this else OTHERS
                said = f"{function.function.name} ({rank.label.lower()})"
                found.setdefault(duty.contact.id, []).append((place, said, duty.contact))
    there = {shift.contact_id for shift in one.on_duty if shift.confirmed_at}
    rows = [(contact_id, roles) for contact_id, roles in found.items() if contact_id not in there]
    rows.sort(key=lambda row: min(place for place, _, _ in row[1]))
    return [
        Offered(
            roles[0][2],
            ", ".join(said for _, said, _ in roles),
            one.answer(contact_id),
            any(place < OTHERS for place, _, _ in roles),
        )
        for contact_id, roles in rows
    ]
