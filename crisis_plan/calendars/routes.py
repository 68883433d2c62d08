"""The dates of a CPTS, and the private address at which a calendar reads them."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.calendars import feed, operations, queries
from crisis_plan.calendars.contributors import all_dates
from crisis_plan.calendars.rules import DateKind, by_month, coming, counts_by_month, month_name, overdue
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done
from crisis_plan.web.pages import page_of_list

bp = Blueprint("calendars", __name__)

SHOW = "calendars/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    today, kind = clock.today(cpts), asked_kind()
    known = list(all_dates(cpts, today))
    every = coming(known, today)
    wanted = [one for one in every if kind is None or one.kind is kind]
    page = page_of_list(wanted, request.args.get("page", 1, type=int))
    return render_template(
        SHOW,
        page=page,
        late=overdue(known, today),
        page_url=lambda number: url_for(".show", nature=kind, page=number),
        months=by_month(page.items),
        counts=counts_by_month(wanted, today),
        month_name=month_name,
        kinds=[one for one in DateKind if any(found.kind is one for found in every)],
        kind=kind,
        has_feed=queries.open_feed(cpts, current_user) is not None,
    )


@bp.get("/mon-agenda")
@requires(Permission.READ_WORKING_DATA)
def my_feed(cpts: Cpts) -> ResponseReturnValue:
    found = queries.open_feed(cpts, current_user)
    return render_template("calendars/my_feed.html", feed=found, address=feed.address_of(found) if found else "")


@bp.post("/mon-agenda")
@requires(Permission.READ_WORKING_DATA)
def create_feed(cpts: Cpts) -> ResponseReturnValue:
    operations.create_feed(cpts, by=current_user, at=clock.now())
    return done(otherwise=url_for(".my_feed"), said="Votre adresse privée est prête.")


@bp.post("/mon-agenda/retirer")
@requires(Permission.READ_WORKING_DATA)
def revoke_feed(cpts: Cpts) -> ResponseReturnValue:
    operations.revoke_feed(cpts, by=current_user, at=clock.now())
    return done(otherwise=url_for(".my_feed"), said="Votre adresse privée ne répond plus.")


def asked_kind() -> DateKind | None:
    """The kind of the address; an unknown one is no filter."""
    kind = request.args.get("nature", "")
    return DateKind(kind) if kind in list(DateKind) else None
