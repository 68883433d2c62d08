"""Reminding the cell by mail, once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from flask import render_template

from crisis_plan import outbox
from crisis_plan.db import commit, db, hold, writing
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.reminders import queries
from crisis_plan.pilotage.reminders.queries import Told, whom_to_remind
from crisis_plan.pilotage.reminders.rules import Reminder, due
from crisis_plan.web import links


def remind(crisis: Crisis, *, at: datetime) -> Sequence[uuid.UUID]:
    """Write what is due to those whom it concerns, and note that it was; the messages that will leave.

    The crisis is held first and judged again: two runs at once, or an entry written meanwhile, remind nobody twice.
    """
    hold(crisis)
    last_entry_at = logbook.last_entered_at(crisis)
    reminders = due(crisis, last_entry_at, at)
    if Reminder.SILENCE in reminders:
        crisis.silence_reminded_at = at
    if Reminder.POINT in reminders:
        crisis.point_reminded_at = crisis.next_point_at
    db.session.flush()
    people = whom_to_remind(crisis, at) if reminders else ()
    since = last_entry_at or crisis.opened_at
    mails = [_mail(crisis, reminder, one, since) for reminder in reminders for one in people]
    return outbox.post_many(mails, at=at, cpts_id=crisis.cpts_id)


def _mail(crisis: Crisis, reminder: Reminder, told: Told, since: datetime) -> Mail:
    link = links.absolute("cpts.room.show", slug=crisis.cpts.slug, crisis_id=crisis.id)
    body = render_template(
        f"mail/crisis_{reminder.value}.txt", told=told, crisis=crisis, cpts=crisis.cpts, since=since, link=link
    )
    return Mail(told.address, f"{crisis.mode.prefix}{reminder.label}\u00a0: {crisis.name}", body)


def remind_all(now: datetime) -> list[Sequence[uuid.UUID]]:
    """The messages of each crisis or exercise of every CPTS whose cell is reminded now, a transaction each."""
    reminded = []
    for crisis_id in queries.to_remind(now):
        with writing():
            posted = remind(queries.crisis_with_id(crisis_id), at=now)
            commit()
        if posted:
            reminded.append(posted)
    return reminded
