"""How the cell is reached at once: numbers to press, and one message to all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.pilotage.communication.sms import with_plain_signs
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions.duty import FunctionNow
from crisis_plan.pilotage.room.mails import entry_key
from crisis_plan.web import links

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry


@dataclass(frozen=True)
class ToReach:
    """Someone of the cell: what they hold, and the number that reaches them."""

    name: str
    functions: tuple[str, ...]
    number: str
    is_there: bool
    """Whether they said that they are there."""

    @property
    def is_mobile(self) -> bool:
        return bool(self.number) and is_mobile(self.number)


def lines(board: Iterable[FunctionNow]) -> Sequence[ToReach]:
    """Those on duty now, each once with all their functions, those who have not answered first."""
    found: dict[tuple[str, str], ToReach] = {}
    for one in board:
        for shift in one.on_duty:
            key = (shift.name, shift.telephone)
            known = found.get(key)
            held = (*(known.functions if known else ()), one.function.name)
            is_there = bool(shift.confirmed_at) or bool(known and known.is_there)
            found[key] = ToReach(shift.name, held, shift.telephone, is_there)
    return sorted(found.values(), key=lambda line: line.is_there)


def is_unanswered(crisis: Crisis, call_list: Sequence[ToReach]) -> bool:
    """Whether nobody of the cell said that they are there: calling them comes before the rest."""
    return crisis.stood_down_at is None and bool(call_list) and not any(line.is_there for line in call_list)


def told(crisis: Crisis, entries: Iterable[LogbookEntry]) -> LogbookEntry | None:
    """Of the last entries, the one that says who was written to and who is left to call."""
    key = entry_key(crisis)
    return next((entry for entry in entries if entry.client_key == key), None)


def sms_to_all(board: Iterable[FunctionNow], crisis: Crisis) -> str:
    """An address that writes one message to every mobile of the cell; empty where there is none."""
    numbers = dict.fromkeys(line.number for line in lines(board) if line.is_mobile)
    return f"sms:{','.join(numbers)}?body={quote(message(crisis))}" if numbers else ""


def message(crisis: Crisis) -> str:
    """What the message says: which crisis, at which level, and where to go."""
    address = links.absolute("cpts.room.show", slug=crisis.cpts.slug, crisis_id=crisis.id)
    said = f"{crisis.mode.prefix}{crisis.name} : {crisis.title}. Niveau {crisis.level_name}. {address}"
    return with_plain_signs(said)
