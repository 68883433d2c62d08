"""The documents of an exercise, on screen. The same blueprint as `programme_routes`."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises import documents, queries
from crisis_plan.anticipation.exercises.attendance_routes import bp
from crisis_plan.anticipation.exercises.forms import DocumentForm
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import read_attachment
from crisis_plan.web.downloads import attachment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

ADD = "anticipation/exercises/add_document.html"


@bp.get("/<uuid:exercise_id>/documents/ajouter")
@requires(Permission.EDIT_PLAN)
def choose_document(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    return render_template(ADD, form=DocumentForm(formdata=None), exercise=exercise)


@bp.post("/<uuid:exercise_id>/documents/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def add_document(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, form = queries.exercise_or_404(cpts, exercise_id), DocumentForm()
    if not form.validate():
        return invalid(ADD, form=form, exercise=exercise)
    try:
        documents.add(exercise, read_attachment(form.document.data), by=current_user, at=clock.now())
    except (UploadRefused, documents.TooMany) as refusal:
        refuse(form, "document", refusal)
        return invalid(ADD, form=form, exercise=exercise)
    return done(otherwise=url_for(".show", exercise_id=exercise.id), said="Le document est enregistré.")


@bp.get("/documents/<uuid:document_id>")
@requires(Permission.READ_WORKING_DATA)
def download(cpts: Cpts, document_id: UUID) -> Response:
    """The exact bytes, to keep: nothing that was uploaded is ever shown inside the site."""
    document = queries.document_or_404(cpts, document_id)
    return attachment(document.content, media_type=document.media_type, file_name=document.file_name)


@bp.get("/documents/<uuid:document_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_document_removal(cpts: Cpts, document_id: UUID) -> ResponseReturnValue:
    document = queries.document_or_404(cpts, document_id)
    return render_template("anticipation/exercises/remove_document.html", document=document, exercise=document.exercise)


@bp.post("/documents/<uuid:document_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_document(cpts: Cpts, document_id: UUID) -> ResponseReturnValue:
    document = queries.document_or_404(cpts, document_id)
    exercise_id = document.exercise_id
    documents.remove(document, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", exercise_id=exercise_id), said="Le document est retiré.")
