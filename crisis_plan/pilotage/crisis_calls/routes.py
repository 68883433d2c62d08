"""The call lists of a crisis on screen; calling itself is the room of `calls`."""

from __future__ import annotations

from typing import Any
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
from crisis_plan.pilotage.calls import audience
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.calls.choices import NAMED, Audience, Choice, choice
from crisis_plan.pilotage.calls.forms import channel_hints
from crisis_plan.pilotage.calls.invitations import NoMailServer
from crisis_plan.pilotage.calls.operations import NobodyToCall
from crisis_plan.pilotage.calls.rules import Channel, in_words
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.crisis_calls import operations, queries, texting, wording
from crisis_plan.pilotage.crisis_calls.forms import OpenInCrisisForm
from crisis_plan.web.htmx import done, invalid, page_or_block

bp = Blueprint("crisis_calls", __name__)

INDEX = "pilotage/crisis_calls/index.html"
NEW = "pilotage/crisis_calls/new.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The lists and their counters; to a live page, 204 when nothing moved since what it shows."""
    crisis = crisis_or_404(cpts, crisis_id)
    mark = queries.mark(crisis)
    if request.args.get("vu", type=int) == mark:
        return "", 204
    page, lists = queries.page_of_lists(crisis, request.args.get("page", 1, type=int))
    address = lambda number: url_for(".index", crisis_id=crisis_id, page=number)  # noqa: E731
    return page_or_block(
        INDEX, "live", crisis=crisis, mark=mark, page=page, lists=lists, page_url=address, in_words=in_words
    )


@bp.get("/ouvrir")
@requires(Permission.WRITE_LOGBOOK)
def new(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """First whom to call, then how many they are and what is said to them."""
    crisis, chosen = crisis_or_404(cpts, crisis_id), asked()
    if chosen is None:
        return render_template(
            "pilotage/crisis_calls/audience.html", crisis=crisis, choosable=list(Audience), named=NAMED,
            choices=directory.filter_choices(cpts),
        )  # fmt: skip
    form = OpenInCrisisForm(
        formdata=None,
        audience=chosen.audience.value,
        which=chosen.which,
        channel=Channel.TELEPHONE.value,
        title=wording.proposed_title(chosen),
        message=wording.proposed_message(cpts, crisis, chosen),
    )
    return render_template(NEW, form=form, **beside(cpts, crisis, chosen))


@bp.post("/ouvrir")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def create(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), OpenInCrisisForm()
    chosen = choice(form.audience.data or "", form.which.data or "")
    if chosen is None:
        return redirect(url_for(".new", crisis_id=crisis_id), 303)
    shown = beside(cpts, crisis, chosen)
    if not form.validate():
        return invalid(NEW, form=form, **shown)
    try:
        made = operations.open_for(
            cpts, crisis, chosen=chosen, contacts=shown["people"].contacts, channel=Channel(form.channel.data),
            title=form.title.data or "", message=form.message.data or "", by=current_user, at=clock.now(),
        )  # fmt: skip
    except (NobodyToCall, NoMailServer) as refusal:
        form.form_errors.append(str(refusal))
        return invalid(NEW, form=form, **shown)
    return done(
        otherwise=url_for("cpts.calls.show", list_id=made.id), said="La liste est ouverte\u00a0: le temps court."
    )


@bp.get("/<uuid:list_id>/sms")
@requires(Permission.WRITE_LOGBOOK)
def texts(cpts: Cpts, crisis_id: UUID, list_id: UUID) -> ResponseReturnValue:
    """One message to all the mobiles of a list, from one's own telephone."""
    crisis = crisis_or_404(cpts, crisis_id)
    call_list = queries.list_or_404(crisis, list_id)
    to_text = texting.to_text(call_list, calls.lines(call_list))
    return render_template("pilotage/crisis_calls/texts.html", crisis=crisis, call_list=call_list, to_text=to_text)


@bp.get("/<uuid:list_id>/clore")
@requires(Permission.WRITE_LOGBOOK)
def confirm_close(cpts: Cpts, crisis_id: UUID, list_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    call_list = queries.list_or_404(crisis, list_id)
    results = calls.results(call_list)
    return render_template("pilotage/crisis_calls/close.html", crisis=crisis, call_list=call_list, results=results)


@bp.post("/<uuid:list_id>/clore")
@requires(Permission.WRITE_LOGBOOK)
def close(cpts: Cpts, crisis_id: UUID, list_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    operations.close(crisis, queries.list_or_404(crisis, list_id), by=current_user, at=clock.now())
    return done(
        otherwise=url_for(".index", crisis_id=crisis_id),
        said="La liste est close\u00a0: le journal garde ses chiffres.",
    )


def asked() -> Choice | None:
    """Whom the address names."""
    return choice(request.args.get("public", ""), request.args.get("precision", "").replace("\x00", ""))


def beside(cpts: Cpts, crisis: Crisis, chosen: Choice) -> dict[str, Any]:
    """What the page shows around the form: whom the choice stands for."""
    people = audience.people(cpts, chosen, clock.today(cpts))
    hints = channel_hints(people.without_phone, people.without_email)
    return {"crisis": crisis, "chosen": chosen, "people": people, "hints": hints}
