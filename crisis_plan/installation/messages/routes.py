"""The mail of the installation."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import outbox
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.installation.messages import queries
from crisis_plan.organisations.time_zones import Place

bp = Blueprint("messages", __name__)


@bp.get("/")
@requires(Permission.RUN_INSTALLATION)
def index() -> ResponseReturnValue:
    return render_template(
        "installation/messages/index.html",
        page=queries.listed(request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number),
        sends_mail=outbox.sends_mail(),
        paris=Place(),
    )


@bp.get("/<uuid:message_id>")
@requires(Permission.RUN_INSTALLATION)
def show(message_id: UUID) -> ResponseReturnValue:
    """What a message says: in the demo only, where no mail leaves and nobody is real."""
    if not current_app.config["DEMO"]:
        abort(404)
    message = queries.message_or_404(message_id)
    return render_template(
        "installation/messages/show.html", message=message, state=queries.state(message), paris=Place()
    )
