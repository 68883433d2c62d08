"""What answers while one types in the search box of a form that chooses a contact."""

from __future__ import annotations

import re

from flask import abort, request
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory.choosing import chooser, cleaned
from crisis_plan.anticipation.directory.import_routes import bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import page_or_block

__all__ = ["bp"]

FIELD_NAME = re.compile(r"[a-z][a-z_-]{0,39}")


@bp.get("/choisir")
@requires(Permission.READ_WORKING_DATA)
def choose(cpts: Cpts) -> ResponseReturnValue:
    """The choices for the field `nom`: who is chosen already, then at most ten who answer to what is typed."""
    name = request.args.get("nom", "contact")
    if not FIELD_NAME.fullmatch(name):
        abort(404)
    people_only = bool(request.args.get("personnes"))
    words = cleaned(request.args.get(f"{name}-q", request.args.get("q", "")))
    return page_or_block(
        "anticipation/directory/choose.html",
        "choices",
        name=name,
        people_only=people_only,
        words=words,
        chosen=chooser(cpts).named(request.args.get(name, "")),
        proposed=chooser(cpts, people_only=people_only).proposed(words),
    )
