"""Calling the people of a list: keeping a person for who calls, noting what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.calls import queries
from crisis_plan.pilotage.calls.models import CallAttempt, CallLine, CallList
from crisis_plan.pilotage.calls.operations import next_change
from crisis_plan.pilotage.calls.rules import CLAIM_LASTS, Outcome, is_claimed

MOST_ANSWERS = 20
"""Attempts about one person, callers included, after which their link is over."""


class CalledBySomeone(RuleBroken):
    """Raised with the name of who calls."""

    def __str__(self) -> str:
        return f"{self.args[0]} appelle cette personne en ce moment\u00a0: prenez la suivante."


class NobodyLeft(RuleBroken):
    def __str__(self) -> str:
        return (
            "Il n’y a plus personne à appeler pour l’instant\u00a0: chacun a été joint, est en ligne, "
            "ou n’a pas de téléphone dans l’annuaire."
        )


class NotedMeanwhile(RuleBroken):
    def __str__(self) -> str:
        return "Un résultat vient d’être noté pour cette personne\u00a0: relisez-le avant d’ajouter le vôtre."


@dataclass(frozen=True)
class Report:
    """What came of one attempt, as the caller or the person says it."""

    outcome: Outcome
    comes: bool | None = None
    available_at: datetime | None = None
    note: str = ""


def claim(line: CallLine, *, by: Account, at: datetime) -> None:
    """Keep this person for who calls now; whom they called before is let go.

    Raises `CalledBySomeone` or `ListClosed`.
    """
    change = next_change(line.call_list)
    if not _take_line(line, change, by=by, at=at):
        db.session.refresh(line)
        raise CalledBySomeone(line.claimed_by.name if line.claimed_by else "Quelqu’un")
    _let_go_of_others(line, change, by=by)
    db.session.refresh(line)


def claim_next(call_list: CallList, *, by: Account, at: datetime) -> CallLine:
    """The next person that nobody calls, kept for this caller; or whom they are calling already.

    Raises `NobodyLeft` or `ListClosed`.
    """
    change = next_change(call_list)
    mine = _being_called(call_list, by=by, at=at)
    if mine:
        return mine
    while line := db.session.scalars(queries.free(call_list, at).limit(1)).one_or_none():
        if _take_line(line, change, by=by, at=at):
            _let_go_of_others(line, change, by=by)
            db.session.refresh(line)
            return line
    raise NobodyLeft


def renew(line: CallLine, *, by: Account, at: datetime) -> bool:
    """Keep the person on as long again for who still calls them; false when they are no longer theirs to keep.

    The others are told only where it had lapsed, for only then do they see something else. Raises `ListClosed`.
    """
    if line.claimed_by_id != by.id:
        return False
    told = {} if is_claimed(line.claimed_at, at) else {"changed": next_change(line.call_list)}
    kept = db.session.execute(
        sa.update(CallLine)
        .where(CallLine.id == line.id, CallLine.claimed_by_id == by.id)
        .values(claimed_at=at, **told)
        .returning(CallLine.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    db.session.refresh(line)
    return kept is not None


def let_go(line: CallLine, *, by: Account) -> None:
    """Give up calling: anyone may take this person. Raises `ListClosed`."""
    change = next_change(line.call_list)
    db.session.refresh(line)
    if line.claimed_by_id == by.id:
        _free(line, change)
    db.session.flush()


def record_attempt(
    line: CallLine, report: Report, *, seen_attempts: int, by: Account | None, at: datetime
) -> CallAttempt:
    """Note what came of an attempt; nothing is ever rewritten, a correction is another attempt.

    `by` is none when the person answered alone. Raises `ListClosed`, and `NotedMeanwhile` when another attempt was
    noted since the caller looked.
    """
    change = next_change(line.call_list)
    db.session.refresh(line)
    if line.attempts_count != seen_attempts:
        raise NotedMeanwhile
    attempt = CallAttempt(line_id=line.id, at=at, by_id=by.id if by else None, **vars(report))
    db.session.add(attempt)
    line.outcome, line.comes, line.available_at = report.outcome, report.comes, report.available_at
    line.answered_at = (line.answered_at or at) if report.outcome is Outcome.REACHED else None
    line.attempts_count += 1
    line.last_attempt_at = at
    line.changed = change
    if by is None or line.claimed_by_id == by.id or not is_claimed(line.claimed_at, at):
        _free(line, change)
    db.session.flush()
    return attempt


def may_answer(line: CallLine) -> bool:
    """Whether a personal link still answers: the list is open, the person is in the directory, and has not answered twenty times.

    Attempts are never erased: a link that leaks, or a machine that follows it, must not fill the table.
    """
    return not line.call_list.closed_at and line.contact_id is not None and line.attempts_count < MOST_ANSWERS


def answer(line: CallLine, report: Report, *, at: datetime) -> None:
    """What a person says by their own link; said twice the same, it is noted once. Raises `ListClosed`."""
    next_change(line.call_list)
    db.session.refresh(line)
    known = (line.outcome, line.comes, line.available_at)
    if known != (report.outcome, report.comes, report.available_at):
        record_attempt(line, report, seen_attempts=line.attempts_count, by=None, at=at)


def _take_line(line: CallLine, change: int, *, by: Account, at: datetime) -> bool:
    """Claim the line in one statement, unless another caller has it; whether it is ours."""
    taken = db.session.execute(
        sa.update(CallLine)
        .where(
            CallLine.id == line.id,
            sa.or_(
                CallLine.claimed_by_id.is_(None),
                CallLine.claimed_by_id == by.id,
                CallLine.claimed_at <= at - CLAIM_LASTS,
            ),
        )
        .values(claimed_by_id=by.id, claimed_at=at, changed=change)
        .returning(CallLine.id)
        .execution_options(synchronize_session=False)
    )
    return taken.scalar_one_or_none() is not None


def _let_go_of_others(line: CallLine, change: int, *, by: Account) -> None:
    """One caller calls one person at a time."""
    db.session.execute(
        sa.update(CallLine)
        .where(CallLine.list_id == line.list_id, CallLine.claimed_by_id == by.id, CallLine.id != line.id)
        .values(claimed_by_id=None, claimed_at=None, changed=change)
    )


def _being_called(call_list: CallList, *, by: Account, at: datetime) -> CallLine | None:
    query = sa.select(CallLine).where(CallLine.list_id == call_list.id, CallLine.claimed_by_id == by.id)
    return db.session.scalars(query.where(CallLine.claimed_at > at - CLAIM_LASTS).limit(1)).one_or_none()


def _free(line: CallLine, change: int) -> None:
    line.claimed_by_id, line.claimed_at, line.changed = None, None, change
