"""The few pages that belong to no feature: home, help, accessibility, health."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, current_app, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan.access import queries
from crisis_plan.access.guard import public, signed_in
from crisis_plan.access.policy import Permission, may
from crisis_plan.db import db

bp = Blueprint("pages", __name__)


@signed_in
def home() -> ResponseReturnValue:
    """Straight to the only place one has, else a choice of places."""
    cpts = [membership.cpts for membership in current_user.memberships]
    roles = queries.roles_anywhere(current_user)
    reads_area, runs = may(roles, Permission.READ_AREA), may(roles, Permission.RUN_INSTALLATION)
    if len(cpts) == 1 and not reads_area and not runs:
        return redirect(url_for("cpts.dashboard.show", slug=cpts[0].slug))
    if not cpts and reads_area and not runs:
        return redirect(url_for("regional.index"))
    if not cpts and runs and not reads_area:
        return redirect(url_for("installation.index"))
    return render_template("pages/home.html", places=cpts, reads_area=reads_area, runs=runs)


@bp.get("/aide")
@signed_in
def help_page() -> ResponseReturnValue:
    return render_template("pages/help.html")


@bp.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("pages/accessibility.html")


@bp.get("/sante")
@public
def health() -> ResponseReturnValue:
    """200 when the application and its database answer."""
    db.session.execute(sa.text("SELECT 1"))
    return {"etat": "ok"}


@bp.get("/service-worker.js")
@public
def service_worker() -> ResponseReturnValue:
    """What answers for the network when there is none: from the root, for it speaks for every page."""
    answer = send_from_directory(current_app.static_folder or "", "js/service-worker.js", mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.get("/hors-connexion")
@public
def offline() -> ResponseReturnValue:
    """What a device shows of a page that it does not keep; it lists those that it does."""
    return render_template("pages/offline.html")
