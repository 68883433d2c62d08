"""Telling by mail that something was said; what was said is read on the page, behind the sign-in."""

from __future__ import annotations

from datetime import datetime, time

from flask import render_template

from crisis_plan import clock, outbox
from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.opinions.models import Opinion
from crisis_plan.opinions.rules import MessageKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.web import links

LONGEST_SUBJECT = 200


def tell_the_cpts(cpts: Cpts, opinion: Opinion, *, at: datetime) -> None:
    """Write to the coordination and the referents, once a day for each version: the page shows all the rest."""
    subject = f"Un avis sur la {opinion.publication.name.lower()} du plan – {cpts.name}"[:LONGEST_SUBJECT]
    link = links.absolute("cpts.opinions.index", slug=cpts.slug)
    for account in accounts.coordinators_of(cpts):
        if outbox.posted_since(account.email, subject, _start_of_day(cpts, at)):
            continue
        body = render_template("mail/opinion.txt", account=account, cpts=cpts, opinion=opinion, link=link)
        outbox.post(to=account.email, subject=subject, body=body, at=at, cpts_id=cpts.id)


def tell_the_reader(cpts: Cpts, opinion: Opinion, *, by: Account, at: datetime) -> None:
    """Write to whoever spoke last before the CPTS answered, as long as they still read its plan."""
    asked = [message for message in opinion.messages if message.kind is not MessageKind.ANSWER]
    account = accounts.account_with_id(asked[-1].author_id)
    if account is None or account.id == by.id:
        return
    if not may(accounts.roles_in(account, cpts), Permission.READ_PROVISIONAL):
        return
    link = links.absolute("cpts.opinions.show", slug=cpts.slug, opinion_id=opinion.id)
    body = render_template("mail/opinion_answer.txt", account=account, cpts=cpts, opinion=opinion, link=link)
    subject = f"Réponse à votre avis – {cpts.name}"
    outbox.post(to=account.email, subject=subject, body=body, at=at, cpts_id=cpts.id)


def _start_of_day(cpts: Cpts, at: datetime) -> datetime:
    here = clock.local(at, cpts)
    return datetime.combine(here.date(), time(), tzinfo=here.tzinfo)
