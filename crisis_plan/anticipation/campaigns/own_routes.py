"""One’s own line of the directory, by a personal link: its GET writes nothing.

The general `Referrer-Policy: same-origin` is kept: the link reaches no other site, and the check of forms over HTTPS
needs the referrer.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import public
from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.anticipation.campaigns import answers, letters, mails, own_words
from crisis_plan.anticipation.campaigns.models import CampaignLetter
from crisis_plan.anticipation.campaigns.own_form import OwnForm, SeenForm
from crisis_plan.anticipation.directory import own_lines
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("own_contact", __name__)

SHOW = "anticipation/campaigns/own.html"
EDIT = "anticipation/campaigns/own_edit.html"
THANKS = "anticipation/campaigns/own_thanks.html"


@bp.after_request
def keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    cpts, letter = opened(token)
    return render_template(SHOW, changed=False, **line(cpts, letter, token))


@bp.post("/<token>/confirmer")
@public
def confirm(token: str) -> ResponseReturnValue:
    cpts, letter = opened(token)
    seen, agrees = SeenForm().seen_version.data or 0, "mobile_consent" in request.form
    try:
        answers.confirm(letter, seen_version=seen, at=clock.now(), today=clock.today(cpts), agrees_to_mobile=agrees)
    except Stale:
        return invalid(SHOW, status=409, changed=True, **line(cpts, letter, token))
    return done(otherwise=url_for(".thanks", token=token))


@bp.get("/<token>/corriger")
@public
def edit(token: str) -> ResponseReturnValue:
    """What was corrected before, and still waits, is there to be taken further."""
    cpts, letter = opened(token)
    words = own_words.corrected(own_words.words_of(letter.contact), letter.correction or {})
    form = OwnForm.of(words, version=letter.contact.version, region=region_of(cpts.departements))
    return render_template(EDIT, form=form, differences=(), **line(cpts, letter, token))


@bp.post("/<token>/corriger")
@public
def correct(token: str) -> ResponseReturnValue:
    cpts, letter = opened(token)
    form = OwnForm(region_of(cpts.departements))
    if not form.validate():
        return invalid(EDIT, form=form, differences=(), **line(cpts, letter, token))
    said, seen = form.words(letter.contact), form.seen_version.data or 0
    try:
        own_lines.refuse_addresses_of_others(cpts, letter.contact, [one.address for one in said.emails])
        answers.correct(letter, said, seen_version=seen, at=clock.now(), today=clock.today(cpts))
    except Stale:
        return invalid(
            EDIT, status=409, form=form, differences=form.beside(letter.contact), **line(cpts, letter, token)
        )
    except own_lines.AddressOfAnother as refusal:
        form.emails.errors = [str(refusal)]
        return invalid(EDIT, form=form, differences=(), **line(cpts, letter, token))
    return done(otherwise=url_for(".thanks", token=mails.token_of(letter)))


@bp.get("/<token>/merci")
@public
def thanks(token: str) -> ResponseReturnValue:
    cpts, letter = opened(token)
    return render_template(THANKS, **line(cpts, letter, token))


def opened(token: str) -> tuple[Cpts, CampaignLetter]:
    """The letter behind a link and its CPTS: 404 for an address that was never given.

    Raises `LinkOver` when the campaign is over or the person has left the directory, `LinkReplaced` when the link
    went to an e-mail that is no longer theirs.
    """
    letter_id = mails.letter_id(token) or abort(404)
    letter = letters.letter_with_id(letter_id)
    if letter is None:
        raise answers.LinkOver
    if not mails.is_for_present_address(token, letter):
        raise answers.LinkReplaced
    answers.refuse_when_over(letter, clock.today(letter.campaign.cpts))
    return letter.campaign.cpts, letter


def line(cpts: Cpts, letter: CampaignLetter, token: str) -> dict[str, Any]:
    """What every page of the link shows."""
    contact = letter.contact
    return {
        "cpts": cpts,
        "letter": letter,
        "contact": contact,
        "words": own_words.words_of(contact),
        "asks_consent": bool(own_words.mobiles_without_agreement(contact)),
        "volunteers": crisis_types(contact.volunteer_for),
        "form_seen": SeenForm.of(contact.version),
        "token": token,
    }
