"""The deadlines of the mission, and the contract that they are counted from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import read_attachment
from crisis_plan.web.calendar_files import calendar_file
from crisis_plan.web.downloads import attachment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused
from crisis_plan.yearly_update.deadlines import agenda, operations, page, queries
from crisis_plan.yearly_update.deadlines.doubts import contradictions
from crisis_plan.yearly_update.deadlines.forms import ContractForm, DocumentForm
from crisis_plan.yearly_update.deadlines.sentences import GESTURES

bp = Blueprint("deadlines", __name__)

CONTRACT = "yearly_update/deadlines/contract.html"
DOCUMENT = "yearly_update/deadlines/document.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    """What is due, when and why; drawn on a strip and said in a table."""
    shown = page.shown(cpts, clock.today(cpts))
    return render_template("yearly_update/deadlines/show.html", shown=shown, gestures=GESTURES)


@bp.get("/echeances.ics")
@requires(Permission.READ_WORKING_DATA)
def calendar(cpts: Cpts) -> Response:
    """The same days for a calendar application; read again, they replace themselves."""
    name, entries = f"Échéances – {cpts.name}", agenda.entries(cpts, clock.today(cpts))
    return calendar_file(name, entries, file_name=f"echeances_{cpts.slug}.ics")


@bp.get("/contrat")
@requires(Permission.EDIT_PLAN)
def contract(cpts: Cpts) -> ResponseReturnValue:
    return render_template(CONTRACT, **on_contract(cpts, ContractForm.of(cpts)))


@bp.post("/contrat")
@requires(Permission.EDIT_PLAN)
def save_contract(cpts: Cpts) -> ResponseReturnValue:
    form = ContractForm()
    if not form.validate():
        return invalid(CONTRACT, **on_contract(cpts, form))
    seen = form.seen_version.data or 0
    try:
        operations.change_contract(cpts, form.said(), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(cpts.version)
        return invalid(CONTRACT, status=Stale.status, **on_contract(cpts, form, form.beside(cpts)))
    return done(otherwise=url_for(".show"), said="Le contrat est enregistré\u00a0: les échéances en découlent.")


@bp.get("/contrat/documents")
@requires(Permission.EDIT_PLAN)
def choose_document(cpts: Cpts) -> ResponseReturnValue:
    return render_template(DOCUMENT, form=DocumentForm(formdata=None))


@bp.post("/contrat/documents")
@requires(Permission.EDIT_PLAN)
@creates_once
def attach_document(cpts: Cpts) -> ResponseReturnValue:
    """Keep the signed contract or amendment."""
    form = DocumentForm()
    if not form.validate():
        return invalid(DOCUMENT, form=form)
    try:
        kept = read_attachment(form.document.data)
    except UploadRefused as refusal:
        refuse(form, "document", refusal)
        return invalid(DOCUMENT, form=form)
    operations.attach_document(cpts, form.chosen, kept, by=current_user, at=clock.now())
    return done(otherwise=url_for(".contract"), said=f"«\u00a0{kept.file_name}\u00a0» est joint.")


@bp.get("/contrat/documents/<uuid:document_id>")
@requires(Permission.READ_WORKING_DATA)
def document(cpts: Cpts, document_id: UUID) -> Response:
    """The exact bytes, to keep: nothing that was uploaded is ever shown inside the site."""
    kept = queries.document_or_404(cpts, document_id)
    return attachment(kept.content, media_type=kept.media_type, file_name=kept.file_name)


def on_contract(cpts: Cpts, form: ContractForm, stored: list[tuple[str, str, str]] | None = None) -> dict[str, Any]:
    """What the page of the contract is made of."""
    return {
        "form": form,
        "stored": stored,
        "doubts": contradictions(cpts, clock.today(cpts)),
        "documents": queries.kept_documents(cpts),
    }
