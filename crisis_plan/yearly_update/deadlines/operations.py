"""Saying what the deadlines are counted from, and keeping the signed documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.web.attachments import Attachment
from crisis_plan.yearly_update.deadlines.models import ContractDocument


class Said(TypedDict):
    """What the CPTS says of its contract."""

    deadlines_from: MissionSource | None
    contract_signed_on: date | None
    amendment_signed_on: date | None
    mission_started_on: date | None


def change_contract(cpts: Cpts, said: Said, *, seen_version: int, by: Account, at: datetime) -> None:
    """The CPTS chooses what counts and dates it. Raises `Stale`."""
    organisations.change_cpts(cpts, seen_version=seen_version, by=by, at=at, **said)


def attach_document(
    cpts: Cpts, source: MissionSource, attachment: Attachment, *, by: Account, at: datetime
) -> ContractDocument:
    """Keep a signed document: it counts from now on, those before it stay readable."""
    document = ContractDocument(cpts_id=cpts.id, source=source)
    document.take(attachment, by=by, at=at)
    db.session.add(document)
    db.session.flush()
    history.record(history.Verb.CREATED, "contract_document", document.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return document
