"""One figure of a debrief: how it is counted, its lines, its entries, what is said of it. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import comments, queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import Figure, FigureKey
from crisis_plan.evaluation.room import citing
from crisis_plan.evaluation.room.drafts import draft_or_404
from crisis_plan.evaluation.room.forms import CommentForm
from crisis_plan.evaluation.room.reading_routes import bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of_list

__all__ = ["bp"]

FIGURE = "evaluation/room/figure.html"


@bp.get("/<uuid:debrief_id>/chiffres/<key>")
@requires(Permission.READ_WORKING_DATA)
def figure(cpts: Cpts, debrief_id: UUID, key: str) -> ResponseReturnValue:
    debrief = queries.debrief_or_404(cpts, debrief_id)
    found = figure_or_404(debrief, key)
    said = queries.comment_on(debrief, found.key)
    return render_template(FIGURE, form=CommentForm.of(said), said=said, stored=None, **beside(debrief, found))


@bp.post("/<uuid:debrief_id>/chiffres/<key>")
@requires(Permission.PREPARE_DEBRIEF)
def comment(cpts: Cpts, debrief_id: UUID, key: str) -> ResponseReturnValue:
    debrief, form = draft_or_404(cpts, debrief_id), CommentForm()
    found = figure_or_404(debrief, key)
    said = queries.comment_on(debrief, found.key)
    if not form.validate():
        return invalid(FIGURE, form=form, said=said, stored=None, **beside(debrief, found))
    text, seen = form.text.data or "", form.seen_version.data or 0
    try:
        comments.comment(debrief, found.key, text, seen=seen, by=current_user, at=clock.now())
    except Stale:
        said = queries.comment_on(debrief, found.key)
        form.reopen_at(comments.mark_of_comment(said))
        stored = [("text", said.text if said else "")]
        return invalid(FIGURE, status=409, form=form, said=said, stored=stored, **beside(debrief, found))
    words = "Le commentaire est enregistré." if text else "Ce chiffre n’a plus de commentaire."
    return done(otherwise=url_for(".figure", debrief_id=debrief_id, key=key), said=words)


def figure_or_404(debrief: Debrief, key: str) -> Figure:
    """The figure that the address means, where this debrief has it."""
    asked = next((one for one in FigureKey if one.address == key), None) or abort(404)
    return next(iter(figures(debrief, clock.now(), only=asked)), None) or abort(404)


def beside(debrief: Debrief, found: Figure) -> dict[str, Any]:
    """What the page shows around its form: a page of its lines, and one of the entries that it rests on."""
    page = page_of_list(found.entries, request.args.get("page", 1, type=int))
    lines = page_of_list(found.lines, request.args.get("lignes", 1, type=int))
    here: dict[str, Any] = {"debrief_id": debrief.id, "key": found.key.address}
    return {
        "debrief": debrief,
        "figure": found,
        "lines": lines,
        "lines_url": lambda number: url_for(".figure", **here, lignes=number, page=page.number),
        "page": page,
        "page_url": lambda number: url_for(".figure", **here, lignes=lines.number, page=number),
        "behind": citing.entries(debrief.crisis_id, page.items) if debrief.crisis_id and page.items else (),
        "crisis": debrief.crisis,
    }
