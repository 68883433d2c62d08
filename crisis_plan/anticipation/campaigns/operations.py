"""Leading a verification campaign: launching it, reminding once, closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns import letters, mails, queries
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.campaigns.rules import Audience
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

SUBJECT = "verification_campaign"


class NobodyToAsk(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Aucun contact ne répond à ce choix : élargissez-le avant de lancer la campagne."


class CampaignOver(RuleBroken):
    def __str__(self) -> str:
        return "Cette campagne est terminée : ses liens personnels ne répondent plus."


class AlreadyReminded(RuleBroken):
    def __str__(self) -> str:
        return "Cette campagne a déjà été relancée, et elle ne l’est qu’une fois : appelez plutôt ceux qui manquent."


class NobodyToRemind(RuleBroken):
    def __str__(self) -> str:
        return "Il n’y a personne à relancer par courriel : chacun a répondu, ou n’a pas d’adresse e-mail."


class NoMail(RuleBroken):
    def __str__(self) -> str:
        return "Ce service n’envoie pas de courriel : appelez les personnes de la liste d’appel."


@dataclass(frozen=True)
class Plan:
    """What a campaign is to be."""

    title: str
    audience: Audience
    last_day: date
    applies_answers: bool


def launch(cpts: Cpts, plan: Plan, *, by: Account, at: datetime, today: date) -> VerificationCampaign:
    """Ask everyone of the audience; who has an e-mail gets a personal link. Raises `NobodyToAsk`."""
    asked = queries.audience(cpts, plan.audience, today)
    if not asked:
        raise NobodyToAsk
    campaign = VerificationCampaign(
        cpts_id=cpts.id,
        title=plan.title,
        audience=plan.audience.said[:300],
        applies_answers=plan.applies_answers,
        opened_at=at,
        opened_on=today,
        opened_by_id=by.id,
        closes_on=plan.last_day,
    )
    campaign.letters = [_letter(contact, at) for contact in asked]
    db.session.add(campaign)
    db.session.flush()
    written = [letter for letter in campaign.letters if letter.email]
    mails.send(mails.words(cpts, by, opened_on=today, closes_on=plan.last_day), written, at=at)
    _record(history.Verb.CREATED, campaign, by=by, at=at)
    return campaign


def remind(cpts: Cpts, campaign: VerificationCampaign, *, by: Account, at: datetime, today: date) -> int:
    """Write once more to who has not answered, at the e-mail that the directory holds now; returns how many.

    Raises `CampaignOver`, `AlreadyReminded`, `NoMail`, `NobodyToRemind`.
    """
    hold(campaign)
    if not queries.is_open(campaign, today):
        raise CampaignOver
    if campaign.reminded_at:
        raise AlreadyReminded
    if not mails.can_leave():
        raise NoMail
    silent = letters.to_remind(campaign)
    if not silent:
        raise NobodyToRemind
    for letter in silent:
        letter.email, letter.reminded_at = queries.present_email(letter), at
    mails.send(_reminder(cpts, campaign, by), silent, at=at)
    campaign.reminded_at = at
    campaign.version += 1
    _record(history.Verb.CHANGED, campaign, by=by, at=at, fields=["reminded_at"])
    return len(silent)


def close(campaign: VerificationCampaign, *, by: Account, at: datetime) -> None:
    """The personal links stop answering. Closing twice is closing once."""
    hold(campaign)
    if campaign.closed_at:
        return
    campaign.closed_at = at
    campaign.version += 1
    _record(history.Verb.CHANGED, campaign, by=by, at=at, fields=["closed_at"])


def _reminder(cpts: Cpts, campaign: VerificationCampaign, by: Account) -> mails.Words:
    days = {"opened_on": campaign.opened_on, "closes_on": campaign.closes_on}
    return mails.words(cpts, by, template=mails.REMINDER, **days)


def _letter(contact: Contact, at: datetime) -> CampaignLetter:
    """Without an address, or where no mail leaves, the contact is to be called."""
    email = contact.emails[0].address if contact.emails and mails.can_leave() else ""
    return CampaignLetter(contact=contact, email=email, sent_at=at if email else None)


def _record(
    verb: history.Verb,
    campaign: VerificationCampaign,
    *,
    by: Account,
    at: datetime,
    fields: tuple[str, ...] | list[str] = (),
) -> None:
    history.record(verb, SUBJECT, campaign.id, cpts_id=campaign.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
