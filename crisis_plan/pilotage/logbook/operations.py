"""The one function that writes the logbook, inside the transaction of the act that it tells."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import replays, rules, sealing
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.rules import CLOCKS_DIFFER, Part, Written
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

    The same client key again returns the first entry. It is entered now, or with the last one should a clock run behind
    that of another server. Raises `SentAlready` when that key said something else, `NothingSaid`, `NotYetHappened`,
    `LateWithoutReason`, `NothingToCorrect`, `TooMuchAttached`.
    """
    hold(crisis)
    key = written.client_key or uuid.uuid4()
    if first := replays.first_of(key):
        return replays.same_or_refused(first, crisis, written, attachments, by=by)
    before = sealing.what_came_before(crisis)
    at = before.not_before(at)
    kept = _with_its_times(crisis, written, at)
    if written.corrects is not None and not _is_there(crisis, written.corrects):
        raise NothingToCorrect
    _check_weight(crisis, attachments)
    return sealing.sealed(crisis, before, replace(kept, client_key=key), attachments, by=by, at=at)


def _with_its_times(crisis: Crisis, written: Written, at: datetime) -> Written:
    """What was written, with when it happened and why it is late, once nothing is to be said against it.

    Nobody is asked about what a device kept, or about what reaches a closed log.
    """
    if not written.text.strip():
        raise NothingSaid
    is_asked = written.device_at is None and crisis.closed_at is None
    kept = _with_a_believed_clock(crisis, written, at)
    happened_at = kept.happened_at or kept.device_at or at
    if happened_at > at + CLOCKS_DIFFER:
        if is_asked:
            raise NotYetHappened
        happened_at = at  # a clock runs ahead: what the device’s says is kept beside
    reason = kept.late_reason.strip()
    if not reason and rules.is_late(happened_at, at, crisis.late_after_minutes):
        if is_asked:
            raise LateWithoutReason(crisis.late_after_minutes)
        reason = rules.OFFLINE_REASON if kept.device_at else rules.AFTER_CLOSING
    return replace(kept, happened_at=happened_at, late_reason=reason)


def _with_a_believed_clock(crisis: Crisis, written: Written, at: datetime) -> Written:
    """A device’s clock that cannot be right is not kept: words say so, and what it noted happens as it comes."""
    if written.device_at is None or rules.is_believable(written.device_at, crisis.opened_at, at):
        return written
    reason = "\u00a0; ".join(part for part in (written.late_reason.strip(), rules.WRONG_CLOCK) if part)
    return replace(written, device_at=None, late_reason=reason)


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
