"""Counting the stock: a sheet to print, a page to type it back. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import counting, papers, place_queries
from crisis_plan.anticipation.stock.count_forms import GONE, NOTHING, CountForm, count_form
from crisis_plan.anticipation.stock.counting import LinesRefused, MovedMeanwhile
from crisis_plan.anticipation.stock.models import StockBatch
from crisis_plan.anticipation.stock.movement_routes import bp
from crisis_plan.anticipation.stock.refusals import BatchGone, NotYet
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import attachment
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

COUNT = "anticipation/stock/count.html"
PDF = "application/pdf"


@bp.get("/comptage")
@requires(Permission.EDIT_PLAN)
def count_all(cpts: Cpts) -> ResponseReturnValue:
    batches = place_queries.batches_to_count(cpts, asked_place())
    return render_template(COUNT, **count_page(cpts, batches, count_form(batches, formdata=None)))


@bp.post("/comptage")
@requires(Permission.EDIT_PLAN)
@creates_once
def save_count(cpts: Cpts) -> ResponseReturnValue:
    """Every line in one transaction; what moved meanwhile is said on its line, and nothing is saved."""
    batches = place_queries.batches_to_count(cpts, asked_place())
    form = count_form(batches)
    shown = count_page(cpts, batches, form)
    if form.forgets(request.form):
        form.form_errors = [GONE]
        return invalid(COUNT, status=409, **shown)
    if not form.validate():
        return invalid(COUNT, **shown)
    if not form.found():
        form.form_errors = [NOTHING]
        return invalid(COUNT, **shown)
    return keep_count(cpts, form, shown)


def keep_count(cpts: Cpts, form: CountForm, shown: dict[str, Any]) -> ResponseReturnValue:
    """Save an accepted form, or show it again with what the stock refuses."""
    day = form.happened_on.data or clock.today(cpts)
    try:
        how_many = counting.count_several(cpts, form.found(), on=day, by=current_user, at=clock.now())
    except MovedMeanwhile as refusal:
        form.say_moved(refusal.now)
        return invalid(COUNT, status=409, **shown)
    except BatchGone:
        form.form_errors = [GONE]
        return invalid(COUNT, status=409, **shown)
    except LinesRefused as refusal:
        form.say_refused(refusal.why)
        return invalid(COUNT, **shown)
    except NotYet as refusal:
        form.happened_on.errors = [str(refusal)]
        return invalid(COUNT, **shown)
    return done(otherwise=url_for(".index"), said=f"{counted(how_many, 'lot compté', 'lots comptés')}.")


@bp.get("/feuille-de-comptage.pdf")
@requires(Permission.READ_WORKING_DATA)
def count_sheet(cpts: Cpts) -> Response:
    """The batches by place, with a box for each count; what is expected is printed when it is asked."""
    today = clock.today(cpts)
    batches = place_queries.batches_to_count(cpts, asked_place())
    content = papers.count_sheet(cpts, batches, today, shows_expected="attendu" in request.args)
    return attachment(content, media_type=PDF, file_name=f"comptage_{cpts.slug}_{today}.pdf")


def asked_place() -> str:
    return request.args.get("lieu", "").replace("\x00", "").strip()[:160]


def count_page(cpts: Cpts, batches: list[StockBatch], form: CountForm) -> dict[str, Any]:
    """The lines by place, and the places one may keep to."""
    return {
        "form": form,
        "places": place_queries.by_place(batches),
        "all_places": place_queries.places(cpts),
        "place": asked_place(),
    }
