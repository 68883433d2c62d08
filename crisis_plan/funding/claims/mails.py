"""Telling by mail that a claim awaits someone; what it says is read on the page, behind the sign-in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import render_template

from crisis_plan import outbox
from crisis_plan.access import queries as accounts
from crisis_plan.funding.claims.readers import readers_of
from crisis_plan.outbox import Mail
from crisis_plan.web import links

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim, ClaimStep

LONGEST_SUBJECT = 200


def tell_the_caisse(claim: Claim, *, at: datetime) -> None:
    """Write to the readers of the caisses that follow the CPTS that a claim awaits them: no amount, a link."""
    again = len(claim.revisions) > 1
    _tell_readers(claim, "Demande corrigée" if again else "Demande déposée", "claim_submitted", at=at, again=again)


def tell_it_is_taken_back(claim: Claim, *, at: datetime) -> None:
    """Write to the same readers that the CPTS no longer asks; its reason is read on the page."""
    _tell_readers(claim, "Demande retirée", "claim_withdrawn", at=at)


def _tell_readers(claim: Claim, what: str, template: str, *, at: datetime, **beside: Any) -> None:
    cpts, link = claim.cpts, _link(claim)
    subject = f"{what} – {cpts.name}"[:LONGEST_SUBJECT]
    mails = [
        Mail(
            account.email,
            subject,
            render_template(f"mail/{template}.txt", account=account, cpts=cpts, claim=claim, link=link, **beside),
        )
        for account in readers_of(cpts)
    ]
    outbox.post_many(mails, at=at, cpts_id=cpts.id)


def tell_the_cpts(claim: Claim, step: ClaimStep, *, at: datetime) -> None:
    """Write to the coordination and the referents what the caisse recorded, without its amount or its reason."""
    cpts, link = claim.cpts, _link(claim)
    subject = f"Demande n° {claim.number} : {step.kind.label.lower()} – {cpts.name}"[:LONGEST_SUBJECT]
    mails = [
        Mail(
            account.email,
            subject,
            render_template("mail/claim_answered.txt", account=account, cpts=cpts, claim=claim, step=step, link=link),
        )
        for account in accounts.coordinators_of(cpts)
    ]
    outbox.post_many(mails, at=at, cpts_id=cpts.id)


def _link(claim: Claim) -> str:
    return links.absolute("cpts.claims.show", slug=claim.cpts.slug, claim_id=claim.id)
