"""Reminding by mail, from a command: what is overdue, the dates of debriefs, each once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from flask import render_template

from crisis_plan import clock, outbox
from crisis_plan.access import queries as access
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.db import commit, db, hold, writing
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.follow_up import queries, rules
from crisis_plan.evaluation.follow_up.queries import Waiting
from crisis_plan.evaluation.improvements import operations
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import is_to_remind
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.web import links
from crisis_plan.web.formats import counted


def remind(now: datetime) -> Sequence[uuid.UUID]:
    """Write what is due to those whom it concerns, a transaction for each CPTS; the messages that will leave."""
    posted: list[uuid.UUID] = []
    for cpts_id, waiting in queries.waiting(now).items():
        with writing():
            posted += remind_cpts(queries.cpts_with_id(cpts_id), waiting, at=now)
            commit()
    return posted


def remind_cpts(cpts: Cpts, waiting: Waiting, *, at: datetime) -> Sequence[uuid.UUID]:
    """Write to the owners of what waits, else to coordination and the referents, and note that they were.

    Each row is held first and judged again: two runs at once, or what somebody did meanwhile, remind nobody twice.
    """
    people, today = Recipients(cpts), clock.local(at, cpts).date()
    late = [one for one in queries.improvements_with_ids(waiting.improvement_ids) if _is_still_late(one, today)]
    mails = [*_of_improvements(cpts, late, people, today)]
    for debrief in queries.debriefs_with_ids(waiting.debrief_ids):
        mails += _of_debrief(cpts, debrief, people, today)
    return outbox.post_many(mails, at=at, cpts_id=cpts.id)


class Recipients:
    """Who is written to in a CPTS."""

    def __init__(self, cpts: Cpts) -> None:
        members = access.members_of(cpts)
        self.cell = {one.account_id: one.account for one in members if may([one.role], Permission.PREPARE_DEBRIEF)}
        self.coordinators = access.coordinators_of(cpts)

    def of(self, account_id: uuid.UUID | None) -> Sequence[Account]:
        """The owner, where they have an account that still follows; else those who coordinate."""
        owner = self.cell.get(account_id) if account_id else None
        return [owner] if owner else self.coordinators


def _is_still_late(improvement: Improvement, today: date) -> bool:
    hold(improvement)
    return is_to_remind(improvement, today)


def _of_improvements(cpts: Cpts, late: Iterable[Improvement], people: Recipients, today: date) -> Iterator[Mail]:
    """One message a person, whatever is late."""
    told: dict[uuid.UUID, tuple[Account, list[Improvement]]] = {}
    for one in late:
        for account in people.of(one.owner_account_id):
            told.setdefault(account.id, (account, []))[1].append(one)
            operations.note_reminded(one, on=today)
    for account, mine in told.values():
        said = [(one, links.absolute("cpts.improvements.show", slug=cpts.slug, improvement_id=one.id)) for one in mine]
        body = render_template("mail/improvements_late.txt", account=account, cpts=cpts, said=said)
        subject = counted(len(mine), "amélioration en retard", "améliorations en retard")
        yield Mail(account.email, f"{cpts.name}\u00a0: {subject}", body)


def _of_debrief(cpts: Cpts, debrief: Debrief, people: Recipients, today: date) -> Iterator[Mail]:
    """One message for all the dates of a debrief that have come."""
    hold(debrief)
    due = [] if debrief.is_validated else rules.to_remind(debrief, today)
    accounts = people.of(debrief.owner_account_id) if due else ()
    if accounts:
        debrief.reminded = rules.reminded(debrief, due)
        db.session.flush()
    link = links.absolute("cpts.debriefs.show", slug=cpts.slug, debrief_id=debrief.id)
    said = [one.sentence(today) for one in due]
    prefix = Mode.EXERCISE.prefix if debrief.is_exercise else ""
    for account in accounts:
        body = render_template(
            "mail/debrief_dates.txt", account=account, cpts=cpts, debrief=debrief, said=said, link=link
        )
        yield Mail(account.email, f"{prefix}{cpts.name}\u00a0: bilan {rules.of_subject(debrief.subject)}", body)
