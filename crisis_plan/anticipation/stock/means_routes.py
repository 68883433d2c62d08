"""Other means than stock, on screen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.anticipation.stock import means_operations, means_queries
from crisis_plan.anticipation.stock.means_forms import AddMeansForm, MeansForm
from crisis_plan.anticipation.stock.refusals import NotYet
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of

bp = Blueprint("means", __name__)

ADD = "anticipation/stock/add_means.html"
EDIT = "anticipation/stock/edit_means.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    return render_template(
        "anticipation/stock/means.html",
        page=page_of(means_queries.all_of(cpts), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number),
    )


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddMeansForm(chooser(cpts), formdata=None))


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddMeansForm(chooser(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        means_operations.add_means(cpts, form.description(), by=current_user, at=clock.now())
    except NotYet as refusal:
        form.checked_on.errors = [str(refusal)]
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".index"), said="Moyen ajouté.")


@bp.get("/<uuid:means_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, means_id: UUID) -> ResponseReturnValue:
    means = means_queries.means_or_404(cpts, means_id)
    return render_template(EDIT, form=MeansForm.of(means, chooser(cpts)), means=means, stored=None)


@bp.post("/<uuid:means_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, means_id: UUID) -> ResponseReturnValue:
    means, form = means_queries.means_or_404(cpts, means_id), MeansForm(chooser(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, means=means, stored=None)
    seen = form.seen_version.data or 0
    try:
        means_operations.edit_means(means, form.description(), seen_version=seen, by=current_user, at=clock.now())
    except NotYet as refusal:
        form.checked_on.errors = [str(refusal)]
        return invalid(EDIT, form=form, means=means, stored=None)
    except Stale:
        form.reopen_at(means.version)
        return invalid(EDIT, status=409, form=form, means=means, stored=form.beside(means))
    return done(otherwise=url_for(".index"), said="Moyen enregistré.")


@bp.post("/<uuid:means_id>/verifie-aujourd-hui")
@requires(Permission.EDIT_PLAN)
def check(cpts: Cpts, means_id: UUID) -> ResponseReturnValue:
    means = means_queries.means_or_404(cpts, means_id)
    means_operations.check_means(means, on=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said=f"{means.name}\u00a0: vérifié aujourd’hui.")


@bp.get("/<uuid:means_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, means_id: UUID) -> ResponseReturnValue:
    means = means_queries.means_or_404(cpts, means_id)
    return render_template("anticipation/stock/remove_means.html", means=means)


@bp.post("/<uuid:means_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, means_id: UUID) -> ResponseReturnValue:
    means_operations.remove_means(means_queries.means_or_404(cpts, means_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="Moyen retiré.")
