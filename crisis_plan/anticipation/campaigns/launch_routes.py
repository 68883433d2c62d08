"""Launching a campaign in two pages: who is asked and until when; then what leaves, read before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.campaigns import mails, operations, queries
from crisis_plan.anticipation.campaigns.forms import LaunchForm
from crisis_plan.anticipation.campaigns.routes import bp
from crisis_plan.anticipation.campaigns.rules import Audience, Freshness
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid, page_or_block

__all__ = ["bp"]

NEW = "anticipation/campaigns/new.html"
REVIEW = "anticipation/campaigns/review.html"


@bp.get("/nouvelle")
@requires(Permission.EDIT_PLAN)
def new(cpts: Cpts) -> ResponseReturnValue:
    """Who would be asked is counted again each time that the choice changes."""
    today = clock.today(cpts)
    title = f"Vérification de l’annuaire, {format_date(today, 'MMMM y', locale='fr_FR')}"
    form = LaunchForm.read(today, request.args) if "title" in request.args else LaunchForm.blank(today, title)
    return page_or_block(NEW, "asked", form=form, **preview(cpts, request.args, today))


@bp.get("/nouvelle/verifier")
@requires(Permission.EDIT_PLAN)
def review(cpts: Cpts) -> ResponseReturnValue:
    """Everything as it will leave: nothing on this page changes who is asked."""
    today = clock.today(cpts)
    form, found = LaunchForm.read(today, request.args), preview(cpts, request.args, today)
    if not form.validate() or not found["asked"]:
        return render_template(NEW, form=form, **found)
    return render_template(REVIEW, **reviewed(cpts, form, found, today))


@bp.post("/nouvelle")
@requires(Permission.EDIT_PLAN)
@creates_once
def launch(cpts: Cpts) -> ResponseReturnValue:
    """What was read is what leaves: another count than the one that was shown is shown again first."""
    today = clock.today(cpts)
    form, found = LaunchForm(today), preview(cpts, request.form, today)
    if not form.validate() or not found["asked"]:
        return invalid(NEW, form=form, **found)
    if request.form.get("seen") != found["seen"]:
        return invalid(REVIEW, status=409, **reviewed(cpts, form, found, today, changed=True))
    plan = form.plan(found["audience"])
    campaign = operations.launch(cpts, plan, by=current_user, at=clock.now(), today=today)
    return done(otherwise=url_for(".show", campaign_id=campaign.id), said=launched(found["by_mail"]))


def launched(by_mail: int) -> str:
    """What has become of the messages, which leave after this answer."""
    if not by_mail:
        return "La campagne est lancée : sa liste d’appel est prête."
    waiting = counted(by_mail, "courriel en attente d’envoi", "courriels en attente d’envoi")
    return f"La campagne est lancée : {waiting}."


def asked_audience(asked: Mapping[str, str], choices: directory.Choices) -> Audience:
    """The audience that an address or a form names: those to verify, unless it says otherwise."""
    kind, freshness = asked.get("type", ""), asked.get("depuis", "")
    profession, commune = asked.get("profession", ""), asked.get("commune", "")
    return Audience(
        kind=ContactKind(kind) if kind in list(ContactKind) else None,
        freshness=Freshness(freshness) if freshness in list(Freshness) else Freshness.STALE,
        profession=profession if profession in choices.professions else "",
        commune=commune if commune in choices.communes else "",
    )


def preview(cpts: Cpts, asked: Mapping[str, str], today: date) -> dict[str, Any]:
    """Who would be asked, how many by mail and how many by telephone."""
    choices = directory.filter_choices(cpts)
    audience = asked_audience(asked, choices)
    contacts = queries.audience(cpts, audience, today)
    written = [contact for contact in contacts if contact.emails] if mails.can_leave() else []
    return {
        "audience": audience,
        "choices": choices,
        "kinds": list(ContactKind),
        "freshnesses": list(Freshness),
        "asked": len(contacts),
        "by_mail": len(written),
        "seen": f"{audience.said} / {len(contacts)} / {len(written)}",
        "example": written[0] if written else None,
        "can_mail": mails.can_leave(),
        "has_server": mails.has_server(),
        "already_open": queries.open_campaigns(cpts, today),
    }


def reviewed(
    cpts: Cpts, form: LaunchForm, found: dict[str, Any], today: date, *, changed: bool = False
) -> dict[str, Any]:
    """The second page: the choice as the next form carries it, and the message as one person will read it."""
    plan = form.plan(found["audience"])
    written = mails.words(cpts, current_user, opened_on=today, closes_on=plan.last_day)
    return found | {
        "changed": changed,
        "plan": plan,
        "choice": plan.audience.address | form.choice,
        "written": written,
        "body": written.body(found["example"], mails.LINK_TO_COME) if found["example"] else "",
        "form": LaunchForm.to_send(today),
    }
