"""What a campaign writes to people: their personal link, and one reminder."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from flask import render_template

from crisis_plan import outbox
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.links import absolute, identity_in, token_for

PURPOSE = "verification"
LETTER, REMINDER = "mail/campaign.txt", "mail/campaign_reminder.txt"


def link(letter: CampaignLetter) -> str:
    """The absolute address of a person's own page."""
    return absolute("own_contact.show", token=token_of(letter))


def token_of(letter: CampaignLetter) -> str:
    """What makes the address of a letter personal."""
    return token_for(PURPOSE, letter.id)


def letter_id(token: str) -> uuid.UUID | None:
    """Which letter a token is for; none when it was not signed here."""
    return identity_in(PURPOSE, token)


def can_leave() -> bool:
    """Whether a message written here reaches anyone, or is shown by the demonstration."""
    return outbox.keeps_mail()


def send(
    cpts: Cpts, campaign: VerificationCampaign, letters: Sequence[CampaignLetter], *, template: str, at: datetime
) -> None:
    """Write to each of these people; a letter remembers its last message."""
    subject = f"Vos coordonnées dans l’annuaire de crise – {cpts.name}"
    if template == REMINDER:
        subject = f"Rappel : {subject[0].lower()}{subject[1:]}"
    mails = [
        outbox.Mail(
            to=letter.email,
            subject=subject[:200],
            body=render_template(template, cpts=cpts, campaign=campaign, contact=letter.contact, link=link(letter)),
        )
        for letter in letters
    ]
    for letter, message_id in zip(letters, outbox.post_many(mails, at=at, cpts_id=cpts.id), strict=True):
        letter.message_id = message_id
