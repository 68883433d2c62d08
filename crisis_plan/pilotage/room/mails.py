"""The cell is told that a crisis opened: by e-mail, each personally, beside the calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from flask import render_template

from crisis_plan import outbox
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.room import wording
from crisis_plan.web import links

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Told:
    """Someone to tell; without an address, or where this site sends no mail, they are to be called."""

    name: str
    address: str


def whom_to_tell(cpts: Cpts, today: date) -> Sequence[Told]:
    """Those who hold a function of the cell or are referent on this day, each once, with the address if any."""
    held = crisis_cell.functions(cpts, today)
    cell = [duty.contact for one in held for _, duty in one.held_by if duty]
    on_duty = [duty.contact for duty in referents.on_duty(cpts, today).values() if duty.contact]
    return _each_once([*cell, *on_duty])


def _each_once(contacts: Iterable[Contact]) -> Sequence[Told]:
    """Two who share an address are written to once."""
    writes = outbox.keeps_mail()
    found: dict[str | UUID, Told] = {}
    for contact in contacts:
        address = contact.emails[0].address if contact.emails and writes else ""
        found.setdefault(address or contact.id, Told(contact.name, address))
    return list(found.values())


def tell_opening(cpts: Cpts, crisis: Crisis, told: Iterable[Told], *, at: datetime) -> None:
    """A message to each who has an address: who opened what, and where to go. An entry says who is left to call."""
    if not (everyone := list(told)):
        return
    people = [one for one in everyone if one.address]
    text = wording.mails_text(len(people), [one.name for one in everyone if not one.address])
    said = Written(EntryKind.ACTION_DONE, text, client_key=entry_key(crisis))
    append_entry(crisis, said, by=crisis.opened_by, at=at)
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


def entry_key(crisis: Crisis) -> UUID:
    """By what the entry that says who was written to is known again."""
    return uuid5(crisis.id, "opening-mails")
