"""Whom the cell of the fictional CPTS called, and what it wrote: the acts of one crisis, each at its minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from crisis_plan import clock, outbox
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.demo.crisis_script import Script
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.calls import attempts, audience
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Outcome
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import queries as crisis_calls
from crisis_plan.pilotage.messages import operations
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel, MessageRecipient
from crisis_plan.pilotage.messages.operations import Outgoing

TO_MEMBERS = (
    "Bonjour,\n\nCe qui se passe\u00a0: {title}. La CPTS active son plan, niveau {level}.\n\n"
    "Dites-nous si vous êtes disponible, où et quand. N’allez pas sur place sans consigne.\n\n"
    "N’écrivez jamais le nom d’un patient dans votre réponse."
)
TO_THE_GROUP = "{title}\u00a0: qui peut prendre des visites cet après-midi\u00a0? Répondez ici, avec la commune."
MINUTES_A_CALL, LATER, SILENT = 4, 6, 3
"""And the ranks of who comes later, and of who does not answer."""


def answers(crisis: Crisis, by: Account, *, start: int, people: int) -> Script:
    """The first people of the list of the cell are called, one after the other: most come."""

    def called(rank: int, now: datetime) -> None:
        lines = next((one.lines for one in crisis_calls.running(crisis)), [])
        if rank < len(lines):
            attempts.record_attempt(lines[rank], _said(rank, now), seen_attempts=0, by=by, at=now)

    return [(start + MINUTES_A_CALL * rank, partial(called, rank)) for rank in range(people)]


def _said(rank: int, now: datetime) -> Report:
    if rank % 7 == SILENT:
        return Report(Outcome.NO_ANSWER)
    return Report(Outcome.REACHED, rank % 5 != 1, now + timedelta(hours=2) if rank % 8 == LATER else None)


def first_messages(cpts: Cpts, crisis: Crisis, by: Account, *, minutes: tuple[int, int]) -> Script:
    """A message to the members by e-mail, then a text to a group, copied by hand."""

    def to_members(now: datetime) -> None:
        chosen = Choice(Audience.ADHERENTS)
        contacts = audience.people(cpts, chosen, clock.local(now, cpts).date()).contacts
        channel = MessageChannel.EMAIL if outbox.keeps_mail() else MessageChannel.MAILBOX
        text = TO_MEMBERS.format(title=crisis.title, level=crisis.level_name)
        said = Outgoing(
            channel, chosen.in_words, text, f"{crisis.title}\u00a0: premier message", contacts, "Premier message"
        )
        arrived(operations.send(crisis, said, by=by, at=now), now + timedelta(minutes=1))

    def to_a_group(now: datetime) -> None:
        text = TO_THE_GROUP.format(title=crisis.title)
        operations.send(crisis, Outgoing(MessageChannel.TEXT, "Groupe des infirmiers", text), by=by, at=now)

    return [(minutes[0], to_members), (minutes[1], to_a_group)]


def arrived(message: CrisisMessage, at: datetime) -> None:
    """In the story every copy left at once: the demonstration itself sends none."""
    copies = sa.select(MessageRecipient.outbox_id).where(MessageRecipient.message_id == message.id)
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id.in_(copies)).values(sent_at=at, attempts=1))
