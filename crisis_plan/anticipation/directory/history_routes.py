"""The history of a contact: when, who, which fields; never what they said. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import changes, queries
from crisis_plan.anticipation.directory.file_routes import bp
from crisis_plan.organisations.models import Cpts

__all__ = ["bp"]


@bp.get("/<uuid:contact_id>/historique")
@requires(Permission.READ_WORKING_DATA)
def show_history(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    return render_template(
        "anticipation/directory/history.html",
        contact=contact,
        page=changes.changes_of(contact, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".show_history", contact_id=contact.id, page=number),
    )
