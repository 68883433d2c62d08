"""Improvements, on screen: the list, one of them, what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import Stale
from crisis_plan.evaluation.follow_up import export, listing, paper
from crisis_plan.evaluation.follow_up.forms import EditImprovementForm, ImprovementForm, MoveForm, TakeUpForm
from crisis_plan.evaluation.follow_up.listing import MINE, Filters, Listed
from crisis_plan.evaluation.follow_up.origins import asked
from crisis_plan.evaluation.improvements import operations, queries
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import DoneAlready, NobodyInCharge, WordNeeded
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import attachment, csv_file, private_pdf
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list
from crisis_plan.web.uploads import UploadRefused

bp = Blueprint("improvements", __name__)

NEW = "evaluation/follow_up/new.html"
SHOW = "evaluation/follow_up/show.html"
EDIT = "evaluation/follow_up/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Whatever a crisis, an exercise or an opinion taught; what is late on top."""
    listed = asked_list(cpts)
    return page_or_block(
        "evaluation/follow_up/index.html",
        "found",
        page=page_of_list(listed.kept, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](listed.filters.address)),
        filters=listed.filters,
        states=list(ImprovementState),
        origins=list(Origin),
        places=listing.places(listed.every),
        counts=listing.counts(listed.every),
        late=listing.late(listed.every, listed.today),
        total=len(listed.every),
        today=listed.today,
    )


@bp.get("/ameliorations.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """What the filters keep, as a spreadsheet."""
    listed = asked_list(cpts)
    rows = export.rows(listed.kept, cpts, listed.today)
    return csv_file(export.HEADINGS, rows, file_name=f"ameliorations_{cpts.slug}_{listed.today}.csv")


@bp.get("/ameliorations.pdf")
@requires(Permission.READ_WORKING_DATA)
def as_pdf(cpts: Cpts) -> Response:
    """What the filters keep, to print or to take along to a meeting."""
    listed = asked_list(cpts)
    content = leaflet.render(paper.printed(cpts, listed), Edition.RESTRICTED)
    return private_pdf(content, file_name=f"ameliorations_{cpts.slug}_{listed.today}.pdf")


@bp.get("/ajouter")
@requires(Permission.PREPARE_DEBRIEF)
def new(cpts: Cpts) -> ResponseReturnValue:
    """An empty form; the address may say what taught it, or where in the plan."""
    learnt = asked(cpts, request.args)
    return render_template(NEW, form=ImprovementForm(cpts, formdata=None, place=learnt.place), learnt=learnt)


@bp.post("/ajouter")
@requires(Permission.PREPARE_DEBRIEF)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form, learnt = ImprovementForm(cpts), asked(cpts, request.args)
    if not form.validate():
        return invalid(NEW, form=form, learnt=learnt)
    made = operations.decide(cpts, form.decided(), learnt.source, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", improvement_id=made.id), said=f"{made.name} est ajoutée.")


@bp.get("/<uuid:improvement_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, improvement_id: UUID) -> ResponseReturnValue:
    improvement = queries.improvement_or_404(cpts, improvement_id)
    form = MoveForm.of(improvement) if improvement.has_owner_and_day else TakeUpForm.of_nobody(cpts, improvement)
    return render_template(SHOW, **shown(cpts, improvement, form))


@bp.post("/<uuid:improvement_id>/")
@requires(Permission.PREPARE_DEBRIEF)
def move(cpts: Cpts, improvement_id: UUID) -> ResponseReturnValue:
    """Say how far it is; one that nobody is in charge of says who does it too, even if somebody was faster."""
    improvement = queries.improvement_or_404(cpts, improvement_id)
    form = MoveForm() if improvement.has_owner_and_day and "due_on" not in request.form else TakeUpForm(cpts)
    if not form.validate():
        return invalid(SHOW, **shown(cpts, improvement, form))
    seen = form.seen_version.data or 0
    said: dict[str, Any] = {"seen_version": seen, "charge": form.charge(), "by": current_user, "at": clock.now()}
    try:
        operations.move(improvement, form.wanted, form.word.data or "", attachments=form.attachments(), **said)
    except (WordNeeded, NobodyInCharge, UploadRefused) as refusal:
        form.refuse(refusal)
        return invalid(SHOW, status=refusal.status, **shown(cpts, improvement, form))
    except Stale:
        form.reopen_at(improvement.version)
        stored = form.beside(improvement)
        return invalid(SHOW, status=Stale.status, **shown(cpts, improvement, form, stored))
    return done(
        otherwise=url_for(".show", improvement_id=improvement.id),
        said=f"{improvement.name}\u00a0: {form.wanted.label.lower()}.",
    )


@bp.get("/<uuid:improvement_id>/modifier")
@requires(Permission.PREPARE_DEBRIEF)
def edit(cpts: Cpts, improvement_id: UUID) -> ResponseReturnValue:
    improvement = queries.improvement_or_404(cpts, improvement_id)
    form = EditImprovementForm.of(cpts, improvement)
    return render_template(EDIT, form=form, improvement=improvement, stored=None)


@bp.post("/<uuid:improvement_id>/modifier")
@requires(Permission.PREPARE_DEBRIEF)
def save(cpts: Cpts, improvement_id: UUID) -> ResponseReturnValue:
    improvement = queries.improvement_or_404(cpts, improvement_id)
    form = EditImprovementForm(cpts, stored_day=improvement.due_on)
    if not form.validate():
        return invalid(EDIT, form=form, improvement=improvement, stored=None)
    seen = form.seen_version.data or 0
    try:
        operations.change(improvement, form.decided(), seen_version=seen, by=current_user, at=clock.now())
    except DoneAlready as refusal:
        refuse(form, "text", refusal)
        return invalid(EDIT, status=refusal.status, form=form, improvement=improvement, stored=None)
    except Stale:
        form.reopen_at(improvement.version)
        stored = form.beside(improvement)
        return invalid(EDIT, status=Stale.status, form=form, improvement=improvement, stored=stored)
    return done(otherwise=url_for(".show", improvement_id=improvement.id), said=f"{improvement.name} est modifiée.")


@bp.get("/documents/<uuid:document_id>")
@requires(Permission.READ_WORKING_DATA)
def document(cpts: Cpts, document_id: UUID) -> Response:
    """The exact bytes, to keep: nothing that was uploaded is ever shown inside the site."""
    kept = queries.document_or_404(cpts, document_id)
    return attachment(kept.content, media_type=kept.media_type, file_name=kept.file_name)


def shown(
    cpts: Cpts, improvement: Improvement, form: MoveForm, stored: list[tuple[str, str, str]] | None = None
) -> dict[str, Any]:
    """What the page of an improvement is made of."""
    return {"improvement": improvement, "form": form, "stored": stored, "today": clock.today(cpts)}


def asked_list(cpts: Cpts) -> Listed:
    """The improvements, and what the address keeps of them; what is not known is no filter."""
    state, origin = request.args.get("etat", ""), request.args.get("origine", "")
    filters = Filters(
        state=ImprovementState(state) if state in list(ImprovementState) else None,
        origin=Origin(origin) if origin in list(Origin) else None,
        owner_id=current_user.id if request.args.get("responsable") == MINE else None,
        is_late=bool(request.args.get("retard")),
        place=request.args.get("rubrique", "")[:40],
    )
    return Listed(queries.improvements(cpts), filters, clock.today(cpts))
