"""What the tool can write by itself in a prepared message, before any crisis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication.blanks import Blank
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.web.formats import telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.referents.queries import OnDuty


def known_values(cpts: Cpts, today: date) -> dict[str, str]:
    """By blank, what is known of the CPTS on this day; title, level and time belong to a crisis. Two statements."""
    place = crisis_cell.place(cpts)
    called = _called_first(referents.on_duty(cpts, today).values())
    found = {
        Blank.CPTS: cpts.name,
        Blank.REFERENT: called.contact.name if called else "",
        Blank.TELEPHONE: _number_to_give(called) if called else "",
        Blank.CELL_PLACE: ", ".join(part for part in (place.name, place.address) if part) if place else "",
    }
    return {blank.value: value for blank, value in found.items() if value}


def _called_first(on_duty: Iterable[OnDuty]) -> OnDuty | None:
    """The referent who is there, before one who is away."""
    known = list(on_duty)
    return next((one for one in known if one.absent_until is None), known[0] if known else None)


def _number_to_give(called: OnDuty) -> str:
    """A number that may be sent to anyone: never a private one."""
    given = (phone.number for phone in called.contact.phones_direct_first if not phone.is_private)
    return telephone(next(given, ""))
