"""Who is reading their own cards: what the directory and the crisis cell say of an account on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell


@dataclass(frozen=True)
class Reader:
    """What their line of the directory says, when their account is tied to one."""

    is_tied: bool = False
    profession: str = ""
    functions: tuple[str, ...] = ()
    function_ids: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """By what a card may name this person."""
        return (self.profession, *self.functions) if self.profession else self.functions


def reader(cpts: Cpts, account: Account, today: date) -> Reader:
    """The profession of this account's own line in this CPTS, and the functions that it holds today."""
    contact_id = next((one.contact_id for one in account.memberships if one.cpts_id == cpts.id), None)
    if contact_id is None:
        return Reader()
    held = crisis_cell.functions_of(cpts, contact_id, today)
    profession = directory.contact_or_404(cpts, contact_id).profession
    ids = frozenset(str(function.id) for function in held)
    return Reader(True, profession, tuple(function.name for function in held), ids)
