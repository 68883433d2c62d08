"""The cell is told that a crisis opened: by e-mail, each personally, beside the calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import render_template

from crisis_plan import outbox
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.web import links

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Told:
    """Someone to write to."""

    name: str
    address: str


def whom_to_tell(cpts: Cpts, today: date) -> Sequence[Told]:
    """Those who hold a function of the cell or are referent on this day, and have an address, each once."""
    if not outbox.keeps_mail():
        return ()
    held = crisis_cell.functions(cpts, today)
    cell = [duty.contact for one in held for _, duty in one.held_by if duty]
    on_duty = [duty.contact for duty in referents.on_duty(cpts, today).values() if duty.contact]
    return _with_address([*cell, *on_duty])


def _with_address(contacts: Iterable[Contact]) -> Sequence[Told]:
    found = {contact.emails[0].address: contact.name for contact in contacts if contact.emails}
    return [Told(name, address) for address, name in found.items()]


def tell_opening(cpts: Cpts, crisis: Crisis, told: Iterable[Told], *, at: datetime) -> None:
    """A message to each: who opened what, at which level, and where to go."""
    if not (people := list(told)):
        return
    link = links.absolute("cpts.room.show", slug=cpts.slug, crisis_id=crisis.id)
    subject = f"{crisis.mode.prefix}{crisis.name}\u00a0: {crisis.title}"[:LONGEST_SUBJECT]
    outbox.post_many(
        [
            Mail(one.address, subject, render_template("mail/crisis_opened.txt", one=one, crisis=crisis, cpts=cpts, link=link))
            for one in people
        ],
        at=at,
        cpts_id=cpts.id,
    )  # fmt: skip
