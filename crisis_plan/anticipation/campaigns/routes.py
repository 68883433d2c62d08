"""Verification campaigns, as the CPTS leads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.campaigns import letters, mails, operations, queries, rules
from crisis_plan.anticipation.campaigns.models import VerificationCampaign
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, is_htmx, page_or_block

bp = Blueprint("campaigns", __name__)

INDEX = "anticipation/campaigns/index.html"
SHOW = "anticipation/campaigns/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    page = queries.page(cpts, request.args.get("page", 1, type=int))
    today = clock.today(cpts)
    return render_template(
        INDEX,
        page=page,
        page_url=lambda number: url_for(".index", page=number),
        shares=queries.shares(page.items, clock.now()),
        waiting=letters.waiting_corrections(cpts),
        is_open=lambda campaign: queries.is_open(campaign, today),
    )


@bp.get("/<uuid:campaign_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    """The open page asks again every ten seconds, and learns only what changed."""
    campaign, now = queries.campaign_or_404(cpts, campaign_id), clock.now()
    share = queries.shares([campaign], now)[campaign.id]
    if is_htmx() and request.args.get("apres") == share.mark:
        return "", 204
    return page_or_block(
        SHOW,
        "share",
        campaign=campaign,
        share=share,
        now=now,
        letters=letters.page(campaign, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".show", campaign_id=campaign.id, page=number),
        **state(campaign, clock.today(cpts)),
    )


@bp.post("/<uuid:campaign_id>/relancer")
@requires(Permission.EDIT_PLAN)
def remind(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    written = operations.remind(cpts, campaign, by=current_user, at=clock.now(), today=clock.today(cpts))
    said = f"{counted(written, 'courriel')} de relance en attente d’envoi. Il n’y aura pas d’autre relance."
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said=said)


@bp.post("/<uuid:campaign_id>/clore")
@requires(Permission.EDIT_PLAN)
def close(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    operations.close(campaign, by=current_user, at=clock.now())
    said = "La campagne est close : ses liens personnels ne répondent plus."
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said=said)


def state(campaign: VerificationCampaign, today: date) -> dict[str, Any]:
    """Where a campaign stands, today."""
    is_open = queries.is_open(campaign, today)
    was_reminded = campaign.reminded_at is not None
    return {
        "is_open": is_open,
        "can_mail": mails.can_leave(),
        "has_server": mails.has_server(),
        "shows_names": "page" in request.args,
        "offers_reminder": rules.offers_reminder(
            is_open=is_open, was_reminded=was_reminded, last_day=campaign.closes_on, today=today
        ),
        "days_left": max(timedelta(0), campaign.closes_on - today).days,
    }
