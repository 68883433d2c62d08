"""What people answer of their own line of the directory, and what the CPTS does with a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns import own_words, queries
from crisis_plan.anticipation.campaigns.models import CampaignLetter
from crisis_plan.anticipation.campaigns.own_words import OwnWords
from crisis_plan.anticipation.campaigns.rules import THEMSELVES, Answer, Decision
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class LinkOver(RuleBroken):
    status = 410

    def __str__(self) -> str:
        return (
            "Ce lien personnel ne sert plus : la campagne de vérification est terminée, ou votre fiche n’est plus dans "
            "l’annuaire. Si vos coordonnées ont changé, dites-le directement à votre CPTS."
        )


class LinkReplaced(RuleBroken):
    status = 410

    def __str__(self) -> str:
        return (
            "Ce lien n’est plus valable : l’adresse à laquelle il a été envoyé n’est plus celle de l’annuaire. Si vous "
            "êtes la personne concernée, suivez le lien du dernier message reçu, ou appelez votre CPTS."
        )


class DecidedMeanwhile(RuleBroken):
    def __str__(self) -> str:
        return "Cette correction n’attend plus : quelqu’un d’autre en a décidé, ou la personne a répondu autrement."


def refuse_when_over(letter: CampaignLetter, today: date) -> None:
    """Whether a link still answers: a mailbox that the person has left must not open their line.

    Raises `LinkOver` once the campaign is over, `LinkReplaced` once the letter's e-mail has left the directory.
    """
    if not queries.is_open(letter.campaign, today):
        raise LinkOver
    if letter.email and queries.present_email(letter).lower() != letter.email.lower():
        raise LinkReplaced


def confirm(
    letter: CampaignLetter, *, seen_version: int, at: datetime, today: date, agrees_to_mobile: bool = False
) -> None:
    """The person says that their line is right, and may agree that their private mobile be kept.

    Raises `LinkOver`, `LinkReplaced`, and `Stale` when it changed since they read it.
    """
    _hold_open(letter, today)
    contact = letter.contact
    said = replace(
        own_words.words_of(contact), mobile_consent=contact.mobile_consent_on is not None or agrees_to_mobile
    )
    correct_own(contact, said, seen_version=seen_version, how=VerifiedHow.LINK, by=None, at=at, today=today)
    _answered(letter, Answer.CONFIRMED, at)


def correct(letter: CampaignLetter, said: OwnWords, *, seen_version: int, at: datetime, today: date) -> None:
    """The person says what is wrong: applied at once, or kept until someone decides, as the campaign says.

    The same words again are a confirmation. Raises `LinkOver`, `LinkReplaced` and `Stale`. Someone who takes their
    own e-mail away is written to at the next one: the link that they hold changes.
    """
    _hold_open(letter, today)
    contact = letter.contact
    kept = own_words.correction(own_words.words_of(contact), said)
    if kept and not letter.campaign.applies_answers:
        take(contact, seen_version)
        _answered(letter, Answer.CORRECTED, at)
        letter.correction = kept
    else:
        correct_own(contact, said, seen_version=seen_version, how=VerifiedHow.LINK, by=None, at=at, today=today)
        letter.email = queries.present_email(letter) if letter.email else ""
        _answered(letter, Answer.CORRECTED if kept else Answer.CONFIRMED, at)
        if kept:
            letter.decision, letter.decided_at = Decision.APPLIED, at
    db.session.flush()


def confirm_own(
    contact: Contact, *, seen_version: int, how: VerifiedHow, by: Account | None, at: datetime, today: date
) -> None:
    """A person verifies their own line. Raises `Stale` when it changed since they read it."""
    directory.verify(contact, on=today, how=how, by=by, at=at, verified_by=THEMSELVES, seen_version=seen_version)


def correct_own(
    contact: Contact,
    said: OwnWords,
    *,
    seen_version: int,
    how: VerifiedHow,
    by: Account | None,
    at: datetime,
    today: date,
) -> None:
    """A person corrects their own line, and thereby verifies it. Raises `Stale` when it changed since they read it."""
    kept = own_words.correction(own_words.words_of(contact), said)
    if not kept:
        confirm_own(contact, seen_version=seen_version, how=how, by=by, at=at, today=today)
        return
    draft = own_words.draft_with(contact, kept, on=today, how=how)
    directory.change(contact, draft, seen_version=seen_version, by=by, at=at)


def apply_correction(cpts: Cpts, letter: CampaignLetter, *, seen_version: int, by: Account, at: datetime) -> None:
    """Write a proposed correction into the directory, verified the day that the person sent it.

    Raises `DecidedMeanwhile`, and `Stale` when the contact changed since the correction was read beside it.
    """
    kept, answered_at = _hold_waiting(letter)
    said_on = clock.local(answered_at, cpts).date()
    draft = own_words.draft_with(letter.contact, kept, on=said_on, how=VerifiedHow.LINK)
    directory.change(letter.contact, draft, seen_version=seen_version, by=by, at=at)
    _decided(letter, Decision.APPLIED, by=by, at=at)


def decline_correction(letter: CampaignLetter, *, by: Account, at: datetime) -> None:
    """Leave the directory as it is. Raises `DecidedMeanwhile`."""
    _hold_waiting(letter)
    _decided(letter, Decision.DECLINED, by=by, at=at)


def _hold_open(letter: CampaignLetter, today: date) -> None:
    hold(letter.campaign)
    hold(letter)
    refuse_when_over(letter, today)


def _hold_waiting(letter: CampaignLetter) -> tuple[dict[str, object], datetime]:
    hold(letter)
    if letter.correction is None or letter.answered_at is None:
        raise DecidedMeanwhile
    return letter.correction, letter.answered_at


def _answered(letter: CampaignLetter, answer: Answer, at: datetime) -> None:
    """The last answer is the one that counts: what an earlier one proposed is forgotten."""
    letter.answer, letter.answered_at = answer, at
    letter.correction = letter.decision = letter.decided_at = letter.decided_by_id = None
    db.session.flush()


def _decided(letter: CampaignLetter, decision: Decision, *, by: Account, at: datetime) -> None:
    letter.correction, letter.decision = None, decision
    letter.decided_at, letter.decided_by_id = at, by.id
    db.session.flush()
