"""The CPTS of an area: whom to call today, and where each plan stands."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import current_roles, requires
from crisis_plan.access.policy import Permission, may
from crisis_plan.anticipation.directory.rules import Freshness, freshness
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.room.reading import readable
from crisis_plan.organisations.models import Cpts
from crisis_plan.regional import export, queries
from crisis_plan.regional.rules import PlanState
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("regional", __name__)


@bp.get("/")
@requires(Permission.READ_AREA)
def index() -> ResponseReturnValue:
    institutions, asked, state = queries.institutions_of(current_user), asked_words(), asked_state()
    found = queries.lines(institutions, asked, now=clock.now())
    page = page_of_list(queries.in_state(found, state), request.args.get("page", 1, type=int))
    return page_or_block(
        "regional/index.html",
        "found",
        institutions=institutions,
        page=page,
        page_url=lambda number: address(q=asked, etat=state, page=number),
        state_url=lambda chosen: address(q=asked, etat=chosen),
        csv_url=url_for(".as_csv", q=asked or None, etat=state),
        on_duty=queries.on_duty(page.items),
        opinions=queries.opinion_tallies(page.items, institutions),
        debriefs=debriefs.counts_of([line.cpts.id for line in page.items], readable(current_roles())),
        ranks=list(Rank),
        is_doubtful=lambda verified_on, today: freshness(verified_on, today) is not Freshness.FRESH,
        reads_provisional=may(current_roles(), Permission.READ_PROVISIONAL),
        counts=queries.state_counts(found),
        total=len(found),
        q=asked,
        state=state,
    )


@bp.get("/cpts.csv")
@requires(Permission.READ_AREA)
def as_csv() -> ResponseReturnValue:
    """The same list, whole."""
    now, institutions = clock.now(), queries.institutions_of(current_user)
    found = queries.in_state(queries.lines(institutions, asked_words(), now=now), asked_state())
    rows = export.rows(found, queries.on_duty(found), queries.opinion_tallies(found, institutions), pdf_address)
    return csv_file(export.HEADINGS, rows, file_name=f"cpts_{now.date().isoformat()}.csv")


def asked_words() -> str:
    return request.args.get("q", "").replace("\x00", " ").strip()[:120]


def asked_state() -> PlanState | None:
    """The state that the list is narrowed to; 404 when there is no such state."""
    asked = request.args.get("etat", "")
    if not asked:
        return None
    try:
        return PlanState(asked)
    except ValueError:
        abort(404)


def address(*, q: str, etat: PlanState | None, page: int | None = None) -> str:
    return url_for(".index", q=q or None, etat=etat, page=page)


def pdf_address(cpts: Cpts) -> str:
    """The current plan of this CPTS, as an absolute address."""
    return f"{current_app.config['PUBLIC_ADDRESS']}{url_for('cpts.publication.current_pdf', slug=cpts.slug)}"
