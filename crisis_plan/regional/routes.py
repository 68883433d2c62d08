"""The CPTS of an area: whom to call today, and where each plan stands."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, current_roles, requires
from crisis_plan.access.policy import Permission, may
from crisis_plan.anticipation.directory.rules import Freshness, freshness
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.room.reading import readable
from crisis_plan.funding.claims import queries as claims
from crisis_plan.organisations.models import Cpts, Institution
from crisis_plan.regional import archive, export, queries
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
        zip_url=url_for(".plans_zip", q=asked or None, etat=state),
        published=sum(line.published is not None for line in queries.in_state(found, state)),
        claims=_awaiting(institutions),
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
    institutions, found = queries.institutions_of(current_user), asked_lines()
    shared = debriefs.counts_of([line.cpts.id for line in found], readable(current_roles()))
    told = export.Told(
        queries.on_duty(found), queries.opinion_tallies(found, institutions), shared, _awaiting(institutions)
    )
    rows = export.rows(found, told, pdf_address)
    return csv_file(export.headings(told), rows, file_name=f"cpts_{clock.today(clock.PARIS).isoformat()}.csv")


@bp.get("/plans.zip")
@requires(Permission.READ_AREA)
def plans_zip() -> ResponseReturnValue:
    """The plan in force of each CPTS of the same list; read from the disk as it is sent."""
    today = clock.today(clock.PARIS)
    kept = archive.plans(asked_lines(), today)
    name = f"plans-crise_{today.isoformat()}.zip"
    response = send_file(kept, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)
    response.content_length = archive.size_of(kept)
    response.headers["Cache-Control"] = "no-store"
    response.call_on_close(kept.close)
    return response


@bp.get("/mises-a-jour")
@requires(Permission.READ_AREA)
def updates() -> ResponseReturnValue:
    """What is due in the area, the first day first."""
    found = queries.by_due_date(asked_lines())
    page = page_of_list(found, request.args.get("page", 1, type=int))
    return render_template(
        "regional/updates.html",
        page=page,
        page_url=lambda number: url_for(".updates", page=number),
        on_duty=queries.on_duty(page.items),
        ranks=list(Rank),
    )


@bp.get("/demandes")
@requires(Permission.DECIDE_CLAIM)
def submitted_claims() -> ResponseReturnValue:
    """What the CPTS of the area submitted, what awaits an answer first."""
    followed = queries.ids_of_caisses(queries.institutions_of(current_user))
    return render_template(
        "regional/claims.html",
        page=claims.submitted_page(followed, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".submitted_claims", page=number),
        awaiting=sum(claims.awaiting_counts(followed).values()),
    )


def asked_lines() -> list[queries.Line]:
    """Every CPTS of the list that is asked for, as it is narrowed."""
    institutions = queries.institutions_of(current_user)
    return queries.in_state(queries.lines(institutions, asked_words(), now=clock.now()), asked_state())


def _awaiting(institutions: Sequence[Institution]) -> dict[UUID, int] | None:
    """How many claims of each CPTS await an answer of these institutions; none where none of them pays."""
    if not can(Permission.DECIDE_CLAIM):
        return None
    return claims.awaiting_counts(queries.ids_of_caisses(institutions))


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
