"""Reminding by mail, from a command, of what the mission makes due: each stage once, one message a person."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import render_template

from crisis_plan import clock, outbox
from crisis_plan.access import queries as access
from crisis_plan.access.models import Account
from crisis_plan.db import commit, db, hold, writing
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import Mail
from crisis_plan.web import links
from crisis_plan.web.formats import counted
from crisis_plan.yearly_update.deadlines import queries, sentences
from crisis_plan.yearly_update.deadlines.models import DeadlineReminder
from crisis_plan.yearly_update.deadlines.rules import Deadline


def remind(now: datetime) -> Sequence[uuid.UUID]:
    """Write what is due to coordination and the referents, in one transaction; the messages that will leave."""
    waiting = queries.waiting(now)
    if not waiting:
        return []
    with writing():
        posted = remind_several(waiting, at=now)
        commit()
    return posted


def remind_several(cpts_ids: Collection[uuid.UUID], *, at: datetime) -> Sequence[uuid.UUID]:
    """Write once to each person whatever is due in all of these CPTS, and note that it was.

    Each CPTS is held first and judged again, in the same order by everybody: two runs at once, or a version published
    meanwhile, remind nobody twice. Where there is nobody to tell, nothing is noted.
    """
    told: dict[uuid.UUID, Told] = {}
    for cpts in queries.cpts_with_ids(cpts_ids):
        hold(cpts)
        due, people = queries.due(cpts, at), access.coordinators_of(cpts)
        if not due or not people:
            continue
        _note(cpts, due, at)
        section = _section(cpts, [deadline for deadline, _ in due], clock.local(at, cpts).date())
        for account in people:
            told.setdefault(account.id, Told(account)).sections.append(section)
    return [posted for one in told.values() for posted in one.post(at)]


@dataclass(frozen=True)
class Section:
    """What one CPTS owes, in a message."""

    cpts: Cpts
    said: Sequence[str]
    link: str


@dataclass(frozen=True)
class Told:
    """What one person is told, of all the CPTS where they coordinate."""

    account: Account
    sections: list[Section] = field(default_factory=list)

    def post(self, at: datetime) -> Sequence[uuid.UUID]:
        """One message, kept by the first CPTS that it speaks of: forgetting the person there erases it."""
        first = self.sections[0].cpts
        count = sum(len(section.said) for section in self.sections)
        where = first.name if len(self.sections) == 1 else counted(len(self.sections), "CPTS", "CPTS")
        subject = f"{where}\u00a0: {counted(count, 'échéance de la mission', 'échéances de la mission')}"
        body = render_template("mail/deadlines.txt", account=self.account, sections=self.sections)
        mail = Mail(self.account.email, subject, body)
        return outbox.post_many([mail], at=at, cpts_id=first.id)


def _note(cpts: Cpts, due: Iterable[tuple[Deadline, str]], at: datetime) -> None:
    db.session.add_all(
        DeadlineReminder(cpts_id=cpts.id, deadline=one.key, due_on=one.on, stage=stage, sent_at=at)
        for one, stage in due
    )
    db.session.flush()


def _section(cpts: Cpts, due: Iterable[Deadline], today: date) -> Section:
    link = links.absolute(sentences.SHOW, slug=cpts.slug)
    return Section(cpts, [sentences.said(one, today) for one in due], link)
