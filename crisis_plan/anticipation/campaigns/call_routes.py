"""Whom a campaign must telephone: a list to print, to tick, and to carry into a spreadsheet."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.campaigns import letters, queries
from crisis_plan.anticipation.campaigns.launch_routes import bp
from crisis_plan.anticipation.campaigns.models import CampaignLetter
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.formats import short_date, telephone
from crisis_plan.web.htmx import done

__all__ = ["bp"]

CALLS = "anticipation/campaigns/calls.html"
PRINTED = "anticipation/campaigns/printed_calls.html"
HEADINGS = ("Nom", "Profession ou fonction", "Commune", "Téléphones", "Vérifié le")


class NoNumber(RuleBroken):
    def __str__(self) -> str:
        return "Cette fiche n’a aucun numéro : écrivez d’abord celui où vous avez joint la personne."


@bp.get("/<uuid:campaign_id>/appels")
@requires(Permission.READ_WORKING_DATA)
def calls(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    page, just_now = letters.call_page(campaign, clock.now(), request.args.get("page", 1, type=int)), called_now()
    return render_template(
        CALLS,
        campaign=campaign,
        page=page,
        called=next((one for one in page.items if one.id == just_now and was_called(one)), None),
        page_url=lambda number: url_for(".calls", campaign_id=campaign.id, page=number),
    )


@bp.get("/<uuid:campaign_id>/appels/feuille")
@requires(Permission.READ_WORKING_DATA)
def printed_calls(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    """Everyone still to call, with a box to tick by hand."""
    campaign = queries.campaign_or_404(cpts, campaign_id)
    waiting = [letter for letter in letters.call_list(campaign, clock.now()) if not was_called(letter)]
    return render_template(PRINTED, campaign=campaign, letters=waiting, today=clock.today(cpts))


@bp.get("/<uuid:campaign_id>/appels.csv")
@requires(Permission.READ_WORKING_DATA)
def calls_csv(cpts: Cpts, campaign_id: UUID) -> Response:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    rows = map(row, letters.call_list(campaign, clock.now()))
    return csv_file(HEADINGS, rows, file_name=f"appels_{cpts.slug}_{clock.today(cpts)}.csv")


@bp.post("/<uuid:campaign_id>/appels/<uuid:letter_id>/verifier")
@requires(Permission.EDIT_PLAN)
def verified_by_call(cpts: Cpts, campaign_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    letter = letters.letter_or_404(campaign, letter_id)
    if not letter.contact.phones:
        raise NoNumber
    directory.verify(letter.contact, on=clock.today(cpts), how=VerifiedHow.CALL, by=current_user, at=clock.now())
    page = request.form.get("page", 1, type=int)
    return done(otherwise=url_for(".calls", campaign_id=campaign.id, page=page, appel=letter.id))


def called_now() -> UUID | None:
    """The letter whose contact was just called, as the address says."""
    try:
        return UUID(request.args.get("appel", ""))
    except ValueError:
        return None


def was_called(letter: CampaignLetter) -> bool:
    """Whether the contact was verified, by telephone or otherwise, since the campaign was launched."""
    verified_on = letter.contact.verified_on
    return verified_on is not None and verified_on >= letter.campaign.opened_on


def row(letter: CampaignLetter) -> list[str]:
    """A line of the spreadsheet."""
    contact = letter.contact
    return [
        contact.name,
        contact.what,
        ", ".join(dict.fromkeys(place.commune for place in contact.places if place.commune)),
        ", ".join(telephone(phone.number).replace("\u00a0", " ") for phone in contact.phones_direct_first),
        short_date(contact.verified_on),
    ]
