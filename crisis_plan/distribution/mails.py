"""What is written to a recipient: their personal link to one version, signed by whoever sends it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from crisis_plan import outbox
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns.mails import public_telephone
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.web.links import absolute, token_for

PURPOSE = "plan"
SENT, REMINDER = "mail/plan_sent.txt", "mail/plan_reminder.txt"
LINK_TO_COME = "(ici, le lien personnel de chacun)"


def token_of(delivery_id: uuid.UUID) -> str:
    """What makes the address of a recipient personal."""
    return token_for(PURPOSE, delivery_id)


def link(delivery_id: uuid.UUID) -> str:
    """The absolute address of a recipient's page."""
    return absolute("plan_links.show", token=token_of(delivery_id))


@dataclass(frozen=True)
class Letter:
    """What one recipient is written."""

    delivery_id: uuid.UUID
    name: str
    email: str
    edition: Edition


@dataclass(frozen=True)
class Words:
    """A message, before it is addressed to anyone."""

    cpts: Cpts
    publication: Publication
    by: Account
    telephone: str
    """Of whoever signs, where the public may know it."""
    template: str = SENT

    @property
    def subject(self) -> str:
        reminded = "Rappel\u00a0: plan" if self.template == REMINDER else "Plan"
        return f"{reminded} de crise de {self.cpts.name}, {self.publication.name.lower()}"[:200]

    def body(self, name: str, edition: Edition, link: str) -> str:
        """The text that this person receives. Only what is given is in it: a whole page's surroundings, 600 times, are not."""
        template = current_app.jinja_env.get_template(self.template)
        return template.render(**vars(self), name=name, edition=edition, link=link)


def words(cpts: Cpts, publication: Publication, by: Account, *, template: str = SENT) -> Words:
    """A message that a person of the CPTS signs, with what may be answered to."""
    return Words(cpts, publication, by, public_telephone(cpts, by), template)


def post(written: Words, letters: Sequence[Letter], *, at: datetime) -> list[uuid.UUID]:
    """Put one message for each in the outbox; who they are, in order."""
    mails = [
        outbox.Mail(one.email, written.subject, written.body(one.name, one.edition, link(one.delivery_id)))
        for one in letters
    ]
    return outbox.post_many(mails, at=at, cpts_id=written.cpts.id)
