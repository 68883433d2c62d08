"""Call lists on screen: starting a test, following a list, closing it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, audience, operations, queries
from crisis_plan.pilotage.calls.choices import NAMED, Audience, Choice, choice
from crisis_plan.pilotage.calls.forms import OpenForm, channel_hints
from crisis_plan.pilotage.calls.invitations import NoMailServer
from crisis_plan.pilotage.calls.models import CallList
from crisis_plan.pilotage.calls.operations import NobodyToCall
from crisis_plan.pilotage.calls.rules import Channel, Purpose, in_words, is_claimed
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.web.htmx import done, invalid, is_htmx, page_or_block

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import Crisis

bp = Blueprint("calls", __name__)

INDEX = "pilotage/calls/index.html"
NEW = "pilotage/calls/new.html"
SHOW = "pilotage/calls/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    page, lists = queries.page_of_lists(cpts, request.args.get("page", 1, type=int))
    return render_template(INDEX, page=page, lists=lists, page_url=lambda number: url_for(".index", page=number))


@bp.get("/commencer")
@requires(Permission.WRITE_LOGBOOK)
def new(cpts: Cpts) -> ResponseReturnValue:
    """First whom to call, then how many they are and what is said to them."""
    chosen = choice(request.args.get("public", ""), request.args.get("precision", "").replace("\x00", ""))
    if chosen is None:
        return render_template(
            "pilotage/calls/audience.html", choosable=list(Audience), named=NAMED,
            choices=directory.filter_choices(cpts),
        )  # fmt: skip
    form = OpenForm(formdata=None, audience=chosen.audience.value, which=chosen.which, channel=Channel.TELEPHONE.value)
    return render_template(NEW, form=form, **beside(cpts, chosen))


@bp.post("/commencer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = OpenForm()
    chosen = choice(form.audience.data or "", form.which.data or "")
    if chosen is None:
        return redirect(url_for(".new"), 303)
    shown = beside(cpts, chosen)
    if not form.validate():
        return invalid(NEW, form=form, **shown)
    try:
        call_list = operations.open_list(
            cpts, purpose=Purpose.TEST, title=form.title.data or "", channel=Channel(form.channel.data),
            message=form.message.data or "", audience=chosen.in_words, contacts=shown["people"].contacts,
            by=current_user, at=clock.now(),
        )  # fmt: skip
    except (NobodyToCall, NoMailServer) as refusal:
        form.form_errors.append(str(refusal))
        return invalid(NEW, form=form, **shown)
    return done(otherwise=url_for(".show", list_id=call_list.id), said="Le test est ouvert\u00a0: le temps court.")


@bp.get("/<uuid:list_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    call_list = queries.list_or_404(cpts, list_id)
    page = queries.page_of_lines(call_list, request.args.get("page", 1, type=int))
    return render_template(
        SHOW,
        page=page,
        page_url=lambda number: url_for(".show", list_id=list_id, page=number),
        unwritten=queries.unwritten(call_list),
        roles=crisis_cell.roles(cpts, clock.today(cpts)),
        **live(call_list, clock.now()),
    )


@bp.get("/<uuid:list_id>/suivi")
@requires(Permission.READ_WORKING_DATA)
def follow(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    """What changed since what is on the screen; 204 when nothing did."""
    call_list, now = queries.list_or_404(cpts, list_id), clock.now()
    if not is_htmx():
        return redirect(url_for(".show", list_id=list_id))
    after = max(0, min(request.args.get("after", 0, type=int), call_list.last_change))
    since = seen_at(request.args.get("vu", ""), call_list, now)
    changed = queries.changed_lines(call_list, after, since=since, now=now)
    if not changed and call_list.last_change == after:
        return "", 204
    return page_or_block(SHOW, "changes", changed=changed, **live(call_list, now))


@bp.post("/<uuid:list_id>/suivante")
@requires(Permission.WRITE_LOGBOOK)
def take_next(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    """Keep the next person that nobody calls."""
    call_list = queries.list_or_404(cpts, list_id)
    line = attempts.claim_next(call_list, by=current_user, at=clock.now())
    return done(otherwise=url_for(".line", list_id=list_id, line_id=line.id))


@bp.get("/<uuid:list_id>/clore")
@requires(Permission.WRITE_LOGBOOK)
def confirm_close(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    call_list = queries.list_or_404(cpts, list_id)
    if call_list.crisis:
        return redirect(closing_in(call_list.crisis, list_id))
    return render_template("pilotage/calls/close.html", call_list=call_list, results=queries.results(call_list))


@bp.post("/<uuid:list_id>/clore")
@requires(Permission.WRITE_LOGBOOK)
def close(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    call_list = queries.list_or_404(cpts, list_id)
    if call_list.crisis:
        return redirect(closing_in(call_list.crisis, list_id), 303)
    operations.close(call_list, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", list_id=list_id), said="La liste est close\u00a0: sa preuve est prête.")


def closing_in(crisis: Crisis, list_id: UUID) -> str:
    """Where a list of a crisis is closed: the logbook then says so."""
    return url_for("cpts.crisis_calls.confirm_close", crisis_id=crisis.id, list_id=list_id)


def around(call_list: CallList) -> dict[str, Crisis]:
    """The crisis that the page belongs to, where there is one: its layout leads back to it."""
    return {"crisis": call_list.crisis} if call_list.crisis else {}


def beside(cpts: Cpts, chosen: Choice) -> dict[str, Any]:
    """What the page shows around the form: whom the choice stands for."""
    people = audience.people(cpts, chosen, clock.today(cpts))
    return {
        "chosen": chosen,
        "people": people,
        "hints": channel_hints(people.without_phone, people.without_email),
    }


def live(call_list: CallList, now: datetime) -> dict[str, Any]:
    """What changes while one looks: the figures, and who is being called."""
    return {
        **around(call_list),
        "call_list": call_list,
        "results": queries.results(call_list),
        "in_words": in_words,
        "is_called": lambda line: is_claimed(line.claimed_at, now),
        "now": now,
        "seen": milliseconds(now),
    }


def milliseconds(now: datetime) -> int:
    """This moment, as a page carries it."""
    return int(now.timestamp() * 1000)


def seen_at(typed: str, call_list: CallList, now: datetime) -> datetime:
    """When the screen was last written, not before the list was opened; a strange answer counts as now."""
    try:
        return max(call_list.opened_at, min(datetime.fromtimestamp(int(typed) / 1000, UTC), now))
    except (ValueError, OverflowError, OSError):
        return now
