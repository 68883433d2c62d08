"""Leaving an opinion on a version. The same blueprint as `reading_routes`."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.opinions import operations
from crisis_plan.opinions.sections import FrozenSection, sections
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.publication.models import Publication
from crisis_plan.publication.opinion_form import OpinionForm
from crisis_plan.publication.reading_routes import bp
from crisis_plan.publication.routes import KIND_AT
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

OPINION = "publication/opinion.html"


@bp.get("/<int(max=99999):number>/donner-un-avis", defaults={"place": ""})
@bp.get("/<any(provisoires):place>/<int(max=99999):number>/donner-un-avis")
@requires(Permission.READ_PROVISIONAL)
def write_opinion(cpts: Cpts, place: str, number: int) -> ResponseReturnValue:
    """An empty form, on the section that the address names."""
    version, known = spoken_of_or_404(cpts, place, number)
    form = OpinionForm(known, formdata=None, section=request.args.get("rubrique", ""))
    return render_template(OPINION, version=version, place=place, form=form)


@bp.post("/<int(max=99999):number>/donner-un-avis", defaults={"place": ""})
@bp.post("/<any(provisoires):place>/<int(max=99999):number>/donner-un-avis")
@requires(Permission.READ_PROVISIONAL)
@creates_once
def leave_opinion(cpts: Cpts, place: str, number: int) -> ResponseReturnValue:
    version, known = spoken_of_or_404(cpts, place, number)
    form = OpinionForm(known)
    if not form.validate():
        return invalid(OPINION, version=version, place=place, form=form)
    opinion = operations.leave(cpts, version, form.chosen_section(), form.words(), by=current_user, at=clock.now())
    return done(said="Votre avis est envoyé.", otherwise=url_for("cpts.opinions.show", opinion_id=opinion.id))


def spoken_of_or_404(cpts: Cpts, place: str, number: int) -> tuple[Publication, tuple[FrozenSection, ...]]:
    """The version and its sections; 404 for a plan written elsewhere, of which nothing is frozen."""
    version = queries.publication_or_404(cpts, KIND_AT[place], number)
    document = queries.frozen(version)
    if document is None:
        abort(404)
    return version, sections(document)
