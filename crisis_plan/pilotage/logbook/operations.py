"""The one function that writes the logbook, inside the transaction of the act that it tells."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.kept_files import KeptFile
from crisis_plan.once import SentAlready
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import rules
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.rules import CLOCKS_DIFFER, Content, Part, Written
from crisis_plan.web.attachments import Attachment

MOST_ATTACHED = 200 * 1024 * 1024
"""Bytes of attachments that one crisis may hold (product, section 8)."""


class NotYetHappened(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette heure est dans l’avenir\u00a0: le journal note ce qui est arrivé."


class LateWithoutReason(RuleBroken):
    status = 422

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes

    def __str__(self) -> str:
        return (
            f"Ce fait date de plus de {self.minutes}\u00a0minutes\u00a0: dites en quelques mots pourquoi il est noté "
            "maintenant."
        )


class NothingSaid(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Écrivez le fait en quelques mots."


class NothingToCorrect(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "L’entrée à corriger n’est pas dans ce journal."


class TooMuchAttached(RuleBroken):
    status = 413

    def __str__(self) -> str:
        return (
            "Les pièces de cette crise pèsent déjà 200 Mo\u00a0: gardez ce document ailleurs et citez-le dans le texte."
        )


def append_entry(
    crisis: Crisis, written: Written, *, by: Account, at: datetime, attachments: Sequence[Attachment] = ()
) -> LogbookEntry:
    """Add an entry: the next number, the next seal. After closing it goes to the sealed annex: never refused.

    The same client key again returns the first entry. Raises `SentAlready` when that key said something else,
    `NothingSaid`, `NotYetHappened`, `LateWithoutReason`, `NothingToCorrect`, `TooMuchAttached`.
    """
    hold(crisis)
    key = written.client_key or uuid.uuid4()
    if first := _first(key):
        return _same_or_refused(first, crisis, written, attachments, by=by)
    happened_at = _checked(crisis, written, at)
    _check_weight(crisis, attachments)
    return _sealed(crisis, written, key, happened_at, attachments, by=by, at=at)


def _checked(crisis: Crisis, written: Written, at: datetime) -> datetime:
    """When it happened, once nothing is to be said against this entry."""
    if not written.text.strip():
        raise NothingSaid
    happened_at = written.happened_at or written.device_at or at
    if happened_at > at + CLOCKS_DIFFER:
        if written.device_at is None:
            raise NotYetHappened
        happened_at = at  # the clock of the device runs ahead: what it says is kept beside
    late = rules.is_late(happened_at, at, crisis.late_after_minutes)
    if late and not written.late_reason and written.device_at is None:
        raise LateWithoutReason(crisis.late_after_minutes)
    if written.corrects is not None and not _is_there(crisis, written.corrects):
        raise NothingToCorrect
    return happened_at


def _sealed(
    crisis: Crisis,
    written: Written,
    key: uuid.UUID,
    happened_at: datetime,
    attachments: Sequence[Attachment],
    *,
    by: Account,
    at: datetime,
) -> LogbookEntry:
    part = Part.MAIN if crisis.closed_at is None else Part.ANNEX
    number, previous = _what_came_before(crisis, part)
    files = [_file(position, one, by=by, at=at) for position, one in enumerate(attachments, start=1)]
    content = _content(written, files, happened_at, at, crisis.late_after_minutes)
    salt, stored = secrets.token_hex(16), rules.canonical(content)
    entry = LogbookEntry(
        id=uuid.uuid4(),
        crisis_id=crisis.id,
        part=part,
        number=number + 1,
        kind=written.kind,
        happened_at=happened_at,
        entered_at=at,
        device_at=written.device_at,
        author_id=by.id,
        author_name=by.name,
        corrects=written.corrects,
        client_key=key,
        salt=salt,
        content=stored,
        search_text=rules.searched(content),
        content_digest=rules.digest(salt, stored),
        previous_seal=previous,
        attachments=files,
    )
    entry.seal = rules.seal(entry.previous_seal, entry.header, entry.content_digest)
    db.session.add(entry)
    db.session.flush()
    return entry


def last_entry(crisis: Crisis, part: Part = Part.MAIN) -> LogbookEntry | None:
    """The last entry of a part; whoever writes after it holds the crisis."""
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part)
    return db.session.scalars(query.order_by(LogbookEntry.number.desc()).limit(1)).one_or_none()


def _what_came_before(crisis: Crisis, part: Part) -> tuple[int, str]:
    """The number and the seal that the next entry follows: the annex begins with the seal of the closing entry."""
    query = sa.select(LogbookEntry.number, LogbookEntry.seal).where(LogbookEntry.crisis_id == crisis.id)
    newest = query.order_by(LogbookEntry.number.desc()).limit(1)
    if last := db.session.execute(newest.where(LogbookEntry.part == part)).one_or_none():
        return last.number, last.seal
    closing = db.session.execute(newest.where(LogbookEntry.part == Part.MAIN)).one_or_none()
    return 0, closing.seal if closing else rules.origin_seal(crisis.id)


def _content(
    written: Written, files: Sequence[KeptFile], happened_at: datetime, at: datetime, late_after_minutes: int
) -> Content:
    reason = written.late_reason.strip()
    if not reason and written.device_at and rules.is_late(happened_at, at, late_after_minutes):
        reason = rules.OFFLINE_REASON
    said = {name: getattr(written, name).strip() for name in rules.CONTENT}
    attached = tuple(rules.sealed_document(one) for one in files)
    return Content(**{**said, "late_reason": reason}, attachments=attached)


def _file(position: int, attachment: Attachment, *, by: Account, at: datetime) -> LogbookAttachment:
    found = LogbookAttachment(id=uuid.uuid4(), position=position)
    found.take(attachment, by=by, at=at)
    return found


def _first(key: uuid.UUID) -> LogbookEntry | None:
    return db.session.scalars(sa.select(LogbookEntry).where(LogbookEntry.client_key == key)).one_or_none()


def _same_or_refused(
    first: LogbookEntry, crisis: Crisis, written: Written, attachments: Sequence[Attachment], *, by: Account
) -> LogbookEntry:
    """The first entry of this key, if the same person says the same thing in the same crisis."""
    said = all(
        getattr(written, name).strip() == getattr(first.said, name) for name in rules.CONTENT if name != "late_reason"
    )
    is_same = (
        first.crisis_id == crisis.id
        and first.author_id == by.id
        and first.kind is written.kind
        and first.corrects == written.corrects
        and (written.happened_at in (None, first.happened_at) or first.happened_at == first.entered_at)
        and first.device_at in (None, written.device_at)  # sent at once, its answer lost, then sent from the queue
        and (said or first.is_erased)
        and (first.is_erased or _hashes(attachments) == [one["sha256"] for one in first.said.attachments])
    )
    if not is_same:
        raise SentAlready
    return first


def _hashes(attachments: Sequence[Attachment]) -> list[str]:
    return [hashlib.sha256(one.content).hexdigest() for one in attachments]


def _is_there(crisis: Crisis, number: int) -> bool:
    query = sa.select(sa.exists().where(
        LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN, LogbookEntry.number == number
    ))  # fmt: skip
    return bool(db.session.scalar(query))


def _check_weight(crisis: Crisis, attachments: Sequence[Attachment]) -> None:
    if not attachments:
        return
    held = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(LogbookAttachment.size), 0))
        .join(LogbookAttachment.entry)
        .where(LogbookEntry.crisis_id == crisis.id)
    )
    if (held or 0) + sum(len(one.content) for one in attachments) > MOST_ATTACHED:
        raise TooMuchAttached
