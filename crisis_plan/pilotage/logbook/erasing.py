"""Erasing one content on a legal order: written down first, told by the log itself; the chain holds without it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.logbook import repeats, sealing
from crisis_plan.pilotage.logbook.contents import erasure_text
from crisis_plan.pilotage.logbook.models import EntryErasure, EntryFlag, LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written

SUBJECT = "logbook_entry"


class NoOrder(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Dites quelle autorité ordonne cet effacement, et la référence de sa décision."


class ErasedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Le contenu de cette entrée est déjà effacé."


class NotErased(RuleBroken):
    def __str__(self) -> str:
        return "Effacez d’abord le contenu de cette entrée."


class TellsAnErasure(RuleBroken):
    def __str__(self) -> str:
        return "Cette entrée dit un effacement\u00a0: elle ne contient rien d’autre, et elle reste."


def entry_of(crisis_id: uuid.UUID, part: Part, number: int) -> LogbookEntry | None:
    """The entry that an order is about."""
    query = sa.select(LogbookEntry).where(
        LogbookEntry.crisis_id == crisis_id, LogbookEntry.part == part, LogbookEntry.number == number
    )
    return db.session.scalars(query).one_or_none()


def erase_content(
    entry: LogbookEntry, *, ordered_by: str, with_repeats: bool = False, by: Account, at: datetime
) -> LogbookEntry:
    """Erase what an entry says, and its documents; the entry that says so.

    Its number, times, author, digest and seal stay. `with_repeats`: the words of what was written with it go too.
    Raises `NoOrder`, `ErasedAlready`, `TellsAnErasure`.
    """
    crisis, order = entry.crisis, ordered_by.strip()
    hold(crisis)
    db.session.refresh(entry)
    if not order:
        raise NoOrder
    if entry.is_erased:
        raise ErasedAlready
    if entry.kind is EntryKind.ERASURE:
        raise TellsAnErasure
    at = sealing.what_came_before(crisis).not_before(at)
    erasure = EntryErasure(
        id=uuid.uuid4(), entry_id=entry.id, ordered_by=order, erased_at=at, erased_by_id=by.id, erased_by_name=by.name
    )
    db.session.add(erasure)
    db.session.flush()
    _take_out(entry)
    written = Written(EntryKind.ERASURE, erasure_text(entry.name, order), client_key=erasure.id)
    told = append_entry(crisis, written, by=by, at=at)
    _recorded(entry, ["content", *(repeats.erase_words(crisis, entry) if with_repeats else ())], by=by, at=at)
    return told


def erase_what_repeats(entry: LogbookEntry, *, by: Account, at: datetime) -> None:
    """Erase the words of what was written with an entry that is erased already. Raises `NotErased`."""
    hold(entry.crisis)
    if not entry.is_erased:
        raise NotErased
    if fields := repeats.erase_words(entry.crisis, entry):
        _recorded(entry, fields, by=by, at=at)


def _recorded(entry: LogbookEntry, fields: Sequence[str], *, by: Account, at: datetime) -> None:
    cpts_id = entry.crisis.cpts_id
    history.record(history.Verb.REMOVED, SUBJECT, entry.id, cpts_id=cpts_id, by=by, at=at, fields=list(fields))
    db.session.flush()


def _take_out(entry: LogbookEntry) -> None:
    """The content, its salt, what a search found, the documents, and the note of who marked it « à revoir »."""
    mine = LogbookAttachment.entry_id == entry.id
    blank = {"content": None, "file_name": "", "media_type": "", "size": 0, "sha256": ""}
    db.session.execute(sa.update(LogbookAttachment).where(mine).values(**blank))
    db.session.execute(sa.update(EntryFlag).where(EntryFlag.entry_id == entry.id).values(note=""))
    gone = {"content": None, "salt": None, "search_text": ""}
    db.session.execute(sa.update(LogbookEntry).where(LogbookEntry.id == entry.id).values(**gone))
    db.session.expire(entry)
