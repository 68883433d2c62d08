"""A report leaves by e-mail, whole: who reads it at the ARS or in a town hall has no page here."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.messages import operations as messages
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel
from crisis_plan.pilotage.messages.operations import Outgoing
from crisis_plan.pilotage.situation_reports import paper
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.rules import Reader

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


def people(cpts: Cpts, readers: Collection[Reader], today: date) -> Sequence[Contact]:
    """Whom these readers are today, by name, each once; nothing is read where none is chosen."""
    if not readers:
        return ()
    cell = crisis_cell.holders(cpts, today) if Reader.CELL in readers else set()
    wanted = [IS_ONE[reader] for reader in readers if reader in IS_ONE]
    found = directory.contacts(cpts)
    return [one for one in found if one.id in cell or any(is_one(one) for is_one in wanted)]


def send(
    cpts: Cpts,
    crisis: Crisis,
    report: SituationReport,
    readers: Sequence[Reader],
    contacts: Sequence[Contact],
    *,
    key: uuid.UUID | None,
    by: Account,
    at: datetime,
) -> CrisisMessage:
    """Send the report to these people; it is a message of the crisis, and an entry of its logbook.

    Raises `CrisisClosed`, `NoMailServer`, `NobodyToWriteTo`.
    """
    outgoing = Outgoing(
        MessageChannel.EMAIL,
        audience=", ".join(reader.label for reader in readers),
        subject=f"{report.name} – {crisis.name}\u00a0: {crisis.title}"[:180],
        text=paper.mail_text(cpts, crisis, report),
        contacts=contacts,
        model_title=report.name,
    )
    return messages.send(crisis, outgoing, key=key, by=by, at=at)


def sent(crisis: Crisis, report: SituationReport) -> Sequence[CrisisMessage]:
    """The messages by which it left, the latest first; one statement."""
    query = sa.select(CrisisMessage).where(
        CrisisMessage.crisis_id == crisis.id, CrisisMessage.model_title == report.name
    )
    return db.session.scalars(query.order_by(CrisisMessage.number.desc())).all()


def _is_ars(contact: Contact) -> bool:
    return folded(contact.category) == "ars"


def _is_of(kind: ContactKind) -> Callable[[Contact], bool]:
    return lambda contact: contact.kind is kind and not _is_ars(contact)


IS_ONE: Mapping[Reader, Callable[[Contact], bool]] = {
    Reader.ARS: _is_ars,
    Reader.INSTITUTIONS: _is_of(ContactKind.INSTITUTION),
    Reader.PARTNERS: _is_of(ContactKind.PARTNER),
    Reader.ESTABLISHMENTS: _is_of(ContactKind.ESTABLISHMENT),
}
