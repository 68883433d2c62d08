"""The logbook on screen: the list, what follows it, and the quick entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell.queries import functions_alone
from crisis_plan.pilotage.logbook import queries, searching
from crisis_plan.pilotage.logbook.forms import DOCUMENTS_AT_ONCE, EntryForm
from crisis_plan.pilotage.logbook.news import Since, news
from crisis_plan.pilotage.logbook.operations import LateWithoutReason, NotYetHappened, TooMuchAttached, append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.web.htmx import done, invalid, is_htmx, page_or_block
from crisis_plan.web.uploads import ATTACHMENT_LIMIT, UploadRefused, takes_up_to

bp = Blueprint("logbook", __name__)

INDEX = "pilotage/logbook/index.html"
LARGEST = 2**31 - 1
"""No database holds a larger number of an entry."""
WRITE = "pilotage/logbook/write.html"
POLLER = "pilotage/logbook/_poller.html"
BESIDE: dict[type[Exception], str] = {
    LateWithoutReason: "late_reason",
    NotYetHappened: "happened_at_time",
    UploadRefused: "documents",
    TooMuchAttached: "documents",
}
"""Which field a refusal is about."""
IN_THE_ANNEX = "Le journal a été clos entre-temps\u00a0: ce fait est gardé dans son annexe scellée."


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    filters = searching.asked(request.args, cpts)
    found = searching.page(crisis, filters, request.args.get("page", 1, type=int))
    return page_or_block(
        INDEX,
        "found",
        crisis=crisis,
        page=found,
        page_url=lambda number: url_for(".index", crisis_id=crisis.id, page=number, **dict[str, Any](filters.address)),
        filters=filters,
        kinds=list(EntryKind),
        marks=searching.MARKS,
        authors=searching.authors(crisis),
        annex=searching.annex(crisis),
        is_live=not filters.address and found.number == 1,
        last=queries.last_number(crisis) if filters.address else found.total,
        entry_form=EntryForm(formdata=None, deciders=deciders(cpts) if crisis.is_open else ()),
    )


@bp.post("/")
@requires(Permission.WRITE_LOGBOOK)
@takes_up_to(DOCUMENTS_AT_ONCE * ATTACHMENT_LIMIT)
def append(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Add an entry: its own key makes it one, however often it is sent. The field that htmx left alone: 204.

    What reaches a log that was closed meanwhile is never refused: it goes to the annex (domain, section 7).
    """
    find = crises.crisis_or_404 if request.files else crises.held_crisis_or_404  # nobody waits while documents are read
    crisis, now = find(cpts, crisis_id), clock.now()
    form = EntryForm(is_log_closed=not crisis.is_open)
    if not form.validate():
        return again(cpts, crisis, form)
    try:
        typed = form.written(cpts, opened_at=crisis.opened_at, now=now)
        entry = append_entry(crisis, typed, by=current_user, at=now, attachments=form.attachments())
    except tuple(BESIDE) as refusal:
        refuse(form, BESIDE[type(refusal)], refusal)
        return again(cpts, crisis, form)
    if is_htmx() and entry.part is Part.MAIN:
        return "", 204
    said = IN_THE_ANNEX if entry.part is Part.ANNEX else f"Entrée {entry.name} notée."
    return done(WRITE, "arrived", otherwise=url_for(".index", crisis_id=crisis.id), said=said, words=said)


def again(cpts: Cpts, crisis: Crisis, form: EntryForm, *, status: int = 422, **beside: Any) -> ResponseReturnValue:
    """The form with what was typed: alone for htmx, on a page of its own for a plain form."""
    form.deciders = deciders(cpts)
    return invalid(WRITE, "new_entry", status=status, crisis=crisis, entry_form=form, **beside)


def deciders(cpts: Cpts) -> list[str]:
    """The functions that a decision may be of, proposed."""
    return [function.name for function in functions_alone(cpts)]


@bp.get("/suite")
@requires(Permission.READ_WORKING_DATA)
def follow(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """What is new since the last entry that the page shows; 204 when nothing is."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    after = min(max(0, request.args.get("after", 0, type=int)), LARGEST)
    last = queries.last_number(crisis)
    if last <= after and crisis.is_open:
        return "", 204
    return render_template(POLLER, crisis=crisis, last=last) + news(Since.of(crisis, after, last, clock.now())).html


@bp.get("/jeton")
@requires(Permission.WRITE_LOGBOOK)
def token(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """A fresh token for what a device is about to send, and nothing else."""
    crises.crisis_or_404(cpts, crisis_id)
    return render_template("pilotage/logbook/_token.html")
