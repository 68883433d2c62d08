"""Two published versions compared, on screen and as the file that proves an update. The same blueprint as `opinion_routes`."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.publication.comparison import comparison, comparison_file_name, comparison_pdf
from crisis_plan.publication.comparison_pages import is_long, pages_of
from crisis_plan.publication.comparison_summary import COUNTED
from crisis_plan.publication.models import Publication
from crisis_plan.publication.opinion_routes import bp
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.web import downloads

__all__ = ["bp"]


@bp.get("/<int(max=99999):number>/comparer/<int(max=99999):other>")
@requires(Permission.READ_PLAN)
def compare(cpts: Cpts, number: int, other: int) -> ResponseReturnValue:
    """What changed: in short, then section by section; the older version is always the first."""
    old, new = compared_or_404(cpts, number, other)
    found = comparison(old, new, Edition.RESTRICTED)
    page = request.args.get("page", 1, type=int)
    alone = request.args.get("chapitre", "")
    chapters = pages_of(found, key=alone, number=page)
    if chapters is None:
        abort(404)
    return render_template(
        "publication/compare.html",
        old=old,
        new=new,
        found=found,
        chapters=chapters,
        kinds=COUNTED,
        alone=alone,
        is_long=is_long(found),
        versions=queries.publications(cpts, PublicationKind.PUBLISHED),
    )


@bp.get("/comparer")
@requires(Permission.READ_PLAN)
def choose_comparison(cpts: Cpts) -> ResponseReturnValue:
    """The two versions of the form; the last two where none is said."""
    versions = queries.publications(cpts, PublicationKind.PUBLISHED)
    latest = [one.number for one in versions[:2]]
    number, other = (request.args.get(name, type=int) for name in ("version", "avec"))
    if number and other and number != other:
        return redirect(url_for(".compare", number=max(number, other), other=min(number, other)))
    if not request.args and len(latest) == 2:
        return redirect(url_for(".compare", number=latest[0], other=latest[1]))
    chosen_twice = number is not None and number == other
    return render_template(
        "publication/compare_choice.html", versions=versions, number=number, other=other, chosen_twice=chosen_twice
    )


@bp.get("/<int(max=99999):number>/comparer/<int(max=99999):other>.pdf")
@requires(Permission.READ_PLAN)
def compare_pdf(cpts: Cpts, number: int, other: int) -> ResponseReturnValue:
    return download_comparison(cpts, number, other, Edition.RESTRICTED)


@bp.get("/<int(max=99999):number>/comparer/<int(max=99999):other>-publique.pdf")
@requires(Permission.READ_PLAN)
def compare_public_pdf(cpts: Cpts, number: int, other: int) -> ResponseReturnValue:
    return download_comparison(cpts, number, other, Edition.PUBLIC)


def compared_or_404(cpts: Cpts, number: int, other: int) -> tuple[Publication, Publication]:
    """The older one first; 404 for a version and itself, and for one that is not published or of which nothing is frozen."""
    kind = PublicationKind.PUBLISHED
    old, new = (queries.publication_or_404(cpts, kind, one) for one in sorted((number, other)))
    if old is new or not (queries.frozen(old) and queries.frozen(new)):
        abort(404)
    return old, new


def download_comparison(cpts: Cpts, number: int, other: int, edition: Edition) -> ResponseReturnValue:
    old, new = compared_or_404(cpts, number, other)
    content = comparison_pdf(old, new, edition)
    return downloads.private_pdf(content, file_name=comparison_file_name(old, new, edition))
