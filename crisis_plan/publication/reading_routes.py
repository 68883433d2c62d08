"""A version on screen, the accessible twin of its PDF. The same blueprint as `routes`."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.document.blocks import Part
from crisis_plan.opinions.boards import board_of
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.publication.reading import annex_page, beside, chapters_of
from crisis_plan.publication.routes import bp, readable_or_404
from crisis_plan.web.htmx import page_or_block

__all__ = ["bp"]


@bp.get("/<int(max=99999):number>", defaults={"place": ""})
@bp.get("/<any(provisoires):place>/<int(max=99999):number>")
@requires(Permission.READ_PLAN)
def show(cpts: Cpts, place: str, number: int) -> ResponseReturnValue:
    """The version but for its annexes and cards, which have pages of their own."""
    version = readable_or_404(cpts, place, number)
    document = queries.frozen(version)
    board = board_of(cpts, version.id, document, reader=current_user) if can("read_provisional") and document else None
    return render_template("publication/show.html", version=version, document=document, place=place, board=board)


@bp.get("/<int(max=99999):number>/fiches/<key>", defaults={"place": ""})
@bp.get("/<any(provisoires):place>/<int(max=99999):number>/fiches/<key>")
@requires(Permission.READ_PLAN)
def card(cpts: Cpts, place: str, number: int, key: str) -> ResponseReturnValue:
    """One action card, as that version froze it."""
    version = readable_or_404(cpts, place, number)
    found = beside(chapters_of(queries.frozen(version), Part.CARD), key) or abort(404)
    return render_template("publication/card.html", version=version, place=place, card=found)


@bp.get("/<int(max=99999):number>/annexes/<key>", defaults={"place": ""})
@bp.get("/<any(provisoires):place>/<int(max=99999):number>/annexes/<key>")
@requires(Permission.READ_PLAN)
def annex(cpts: Cpts, place: str, number: int, key: str) -> ResponseReturnValue:
    version = readable_or_404(cpts, place, number)
    annexes = [one for one in chapters_of(queries.frozen(version), Part.ANNEX) if one.key == key] or abort(404)
    asked = request.args.get("q", "")
    shown, page = annex_page(annexes[0], asked=asked, number=request.args.get("page", 1, type=int))
    here = {"place": place, "number": number, "key": key}
    return page_or_block(
        "publication/annex.html", "found", version=version, annex=shown, page=page, q=asked, annex_values=here
    )
