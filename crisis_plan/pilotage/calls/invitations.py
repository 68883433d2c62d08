"""Asking by e-mail: each receives a personal link that answers without an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask import render_template

from crisis_plan import outbox
from crisis_plan.errors import RuleBroken
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.calls import queries
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.web import links

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

LINK = "call"
LONGEST_SUBJECT = 200


class NoMailServer(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Ce service n’envoie pas encore de courriels\u00a0: choisissez l’appel ou le SMS."


def send(call_list: CallList, people: Sequence[Contact], *, at: datetime) -> None:
    """A message to everyone of the list who has an e-mail address. Raises `NoMailServer`."""
    if not outbox.keeps_mail():
        raise NoMailServer
    addresses = {contact.id: contact.emails[0].address for contact in people if contact.emails}
    mails = [_mail(line, addresses[line.contact_id]) for line in call_list.lines if line.contact_id in addresses]
    outbox.post_many(mails, at=at, cpts_id=call_list.cpts_id)


def _mail(line: CallLine, address: str) -> Mail:
    call_list = line.call_list
    body = render_template(
        "mail/call.txt", line=line, call_list=call_list, cpts=call_list.cpts, link=personal_link(line)
    )
    return Mail(address, f"{call_list.purpose.prefix}{call_list.title}"[:LONGEST_SUBJECT], body)


def personal_link(line: CallLine) -> str:
    """The address at which this person answers for themselves."""
    return links.absolute("call_answers.show", token=links.token_for(LINK, line.id))


def line_behind(token: str) -> CallLine | None:
    """Whose link this is; none when it was not signed here."""
    line_id = links.identity_in(LINK, token)
    return queries.line_of_link(line_id) if line_id else None
