"""What a campaign writes to people: their personal link, and one reminder, signed by whoever sends them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import current_app, render_template
from itsdangerous import BadSignature, URLSafeSerializer

from crisis_plan import outbox
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns.models import CampaignLetter
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date
from crisis_plan.web.links import absolute

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

SALT = "link-verification"
LETTER, REMINDER = "mail/campaign.txt", "mail/campaign_reminder.txt"
LINK_TO_COME = "(ici, le lien personnel de chacun)"


def link(letter: CampaignLetter) -> str:
    """The absolute address of a person's own page."""
    return absolute("own_contact.show", token=token_of(letter))


def token_of(letter: CampaignLetter) -> str:
    """What makes the address of a letter personal: it changes with the e-mail that the letter is sent to."""
    return str(_signer().dumps([letter.id.hex, _digest(letter.email)]))


def letter_id(token: str) -> uuid.UUID | None:
    """Which letter a token is for; none when it was not signed here."""
    try:
        identity, _ = _signer().loads(token)
        return uuid.UUID(identity)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def can_leave() -> bool:
    """Whether a message written here reaches anyone, or is shown by the demonstration."""
    return outbox.keeps_mail()


def has_server() -> bool:
    """Whether what waits in the outbox will leave."""
    return outbox.sends_mail()


@dataclass(frozen=True)
class Words:
    """A message of a campaign, before it is addressed to anyone."""

    cpts: Cpts
    by: Account
    telephone: str
    """Of whoever signs, where the public may know it."""
    opened_on: date
    closes_on: date
    template: str = LETTER

    @property
    def subject(self) -> str:
        asked = f"elisez vos coordonnées avant la fin du {long_date(self.closes_on)} – {self.cpts.name}"
        return (f"Rappel : r{asked}" if self.template == REMINDER else f"R{asked}")[:200]

    def body(self, contact: Contact, link: str) -> str:
        """The text that this person receives."""
        return render_template(self.template, **vars(self), contact=contact, link=link)


def words(cpts: Cpts, by: Account, *, opened_on: date, closes_on: date, template: str = LETTER) -> Words:
    """A message that a person of the CPTS signs, with what may be answered to."""
    return Words(cpts, by, public_telephone(cpts, by), opened_on, closes_on, template)


def public_telephone(cpts: Cpts, by: Account) -> str:
    """The first number of one's own line that is not private; empty while the account has no line."""
    own = [one.contact_id for one in by.memberships if one.cpts_id == cpts.id and one.contact_id]
    lines = directory.contacts_with_ids(cpts, own) if own else ()
    phones = (phone for contact in lines for phone in contact.phones)
    return next((phone.number for phone in phones if not phone.is_private), "")


def send(written: Words, letters: Sequence[CampaignLetter], *, at: datetime) -> None:
    """Write to each of these people; a letter remembers its last message."""
    mails = [
        outbox.Mail(to=letter.email, subject=written.subject, body=written.body(letter.contact, link(letter)))
        for letter in letters
    ]
    for letter, message_id in zip(letters, outbox.post_many(mails, at=at, cpts_id=written.cpts.id), strict=True):
        letter.message_id = message_id


def is_for_present_address(token: str, letter: CampaignLetter) -> bool:
    """Whether a token was signed for the e-mail that the letter is sent to now."""
    return bool(_signer().loads(token)[1] == _digest(letter.email))


def _digest(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:16]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)
