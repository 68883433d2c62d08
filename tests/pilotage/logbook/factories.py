"""Entries to arrange a test with, written through the one function that writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.web.attachments import Attachment


def an_entry(
    crisis: Crisis,
    by: Account,
    text: str = "Un fait",
    *,
    at: datetime,
    kind: EntryKind = EntryKind.INFORMATION,
    attachments: tuple[Attachment, ...] = (),
    **said: Any,
) -> LogbookEntry:
    return append_entry(crisis, Written(kind=kind, text=text, **said), by=by, at=at, attachments=attachments)
