"""Verification campaigns, as the CPTS leads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.campaigns import letters, mails, operations, queries, rules
from crisis_plan.anticipation.campaigns.forms import LaunchForm
from crisis_plan.anticipation.campaigns.models import VerificationCampaign
from crisis_plan.anticipation.campaigns.rules import Audience, Freshness
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid, is_htmx, page_or_block

bp = Blueprint("campaigns", __name__)

INDEX = "anticipation/campaigns/index.html"
NEW = "anticipation/campaigns/new.html"
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


@bp.get("/nouvelle")
@requires(Permission.EDIT_PLAN)
def new(cpts: Cpts) -> ResponseReturnValue:
    """Who would be asked is counted again each time that the choice changes."""
    today = clock.today(cpts)
    title = f"Vérification de l’annuaire, {format_date(today, 'MMMM y', locale='fr_FR')}"
    return page_or_block(NEW, "asked", form=LaunchForm.blank(today, title), **preview(cpts, request.args, today))


@bp.post("/nouvelle")
@requires(Permission.EDIT_PLAN)
@creates_once
def launch(cpts: Cpts) -> ResponseReturnValue:
    today, form = clock.today(cpts), LaunchForm(clock.today(cpts))
    audience = asked_audience(request.form, directory.filter_choices(cpts))
    if not form.validate():
        return invalid(NEW, form=form, **preview(cpts, request.form, today))
    try:
        campaign = operations.launch(cpts, form.plan(audience), by=current_user, at=clock.now(), today=today)
    except operations.NobodyToAsk as refusal:
        form.form_errors.append(str(refusal))
        return invalid(NEW, form=form, **preview(cpts, request.form, today))
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said="La campagne est lancée.")


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
    said = f"Le rappel part à {counted(written, 'personne')}. Il n’y en aura pas d’autre."
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said=said)


@bp.post("/<uuid:campaign_id>/clore")
@requires(Permission.EDIT_PLAN)
def close(cpts: Cpts, campaign_id: UUID) -> ResponseReturnValue:
    campaign = queries.campaign_or_404(cpts, campaign_id)
    operations.close(campaign, by=current_user, at=clock.now())
    said = "La campagne est close : ses liens personnels ne répondent plus."
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said=said)


def asked_audience(asked: Mapping[str, str], choices: directory.Choices) -> Audience:
    """The audience that an address or a form names; an unknown value narrows nothing."""
    kind, freshness = asked.get("type", ""), asked.get("depuis", "")
    profession, commune = asked.get("profession", ""), asked.get("commune", "")
    return Audience(
        kind=ContactKind(kind) if kind in list(ContactKind) else None,
        freshness=Freshness(freshness) if freshness in list(Freshness) else Freshness.ANY,
        profession=profession if profession in choices.professions else "",
        commune=commune if commune in choices.communes else "",
    )


def preview(cpts: Cpts, asked: Mapping[str, str], today: date) -> dict[str, Any]:
    """Who would be asked, how many by mail and how many by telephone."""
    choices = directory.filter_choices(cpts)
    audience = asked_audience(asked, choices)
    contacts = queries.audience(cpts, audience, today)
    by_mail = sum(bool(contact.emails) for contact in contacts) if mails.can_leave() else 0
    return {
        "audience": audience,
        "choices": choices,
        "kinds": list(ContactKind),
        "freshnesses": list(Freshness),
        "asked": len(contacts),
        "by_mail": by_mail,
        "can_mail": mails.can_leave(),
        "already_open": queries.open_campaigns(cpts, today),
    }


def state(campaign: VerificationCampaign, today: date) -> dict[str, Any]:
    """Where a campaign stands, today."""
    is_open = queries.is_open(campaign, today)
    was_reminded = campaign.reminded_at is not None
    return {
        "is_open": is_open,
        "can_mail": mails.can_leave(),
        "offers_reminder": rules.offers_reminder(
            is_open=is_open, was_reminded=was_reminded, last_day=campaign.closes_on, today=today
        ),
        "days_left": max(timedelta(0), campaign.closes_on - today).days,
    }
