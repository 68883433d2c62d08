"""People to call, and lists of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import operations
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.pilotage.calls.rules import Channel, Purpose
from tests.factories import NOON, AccountFactory, ContactFactory

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


def person(
    cpts: Cpts, name: str, *, phone: str = "+33611223344", email: str = "", profession: str = "Infirmier"
) -> Contact:
    """Someone of the directory, with this telephone and this e-mail where there are."""
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        family_name=name,
        profession=profession,
        phones=[ContactPhone(position=0, number=phone)] if phone else [],
        emails=[ContactEmail(position=0, address=email)] if email else [],
    )
    return made


def call_list(
    cpts: Cpts,
    people: list[Contact],
    *,
    at: datetime = NOON,
    channel: Channel = Channel.TELEPHONE,
    purpose: Purpose = Purpose.TEST,
) -> CallList:
    """A list of these people, open."""
    made = operations.open_list(
        cpts,
        purpose=purpose,
        title="Test de novembre",
        channel=channel,
        message="Ceci est un test & rien d’autre",
        audience="Adhérents",
        contacts=people,
        by=AccountFactory(name="Nadia Benali"),
        at=at,
    )
    db.session.commit()
    return made


def line_of(made: CallList, name: str) -> CallLine:
    return next(line for line in made.lines if name.upper() in line.name)
