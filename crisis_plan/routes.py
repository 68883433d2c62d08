"""The site map: which feature answers at which French address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g

from crisis_plan import dashboard, pages
from crisis_plan.access import routes as access
from crisis_plan.plan import routes as plan


def mount(app: Flask) -> None:
    """Register every blueprint under its address."""
    for blueprint, address in (
        (pages.bp, None),
        (access.bp, None),
    ):
        app.register_blueprint(blueprint, url_prefix=address)
    app.register_blueprint(cpts_site(), url_prefix="/cpts/<slug>")
    app.add_url_rule("/", "home", pages.home)


def cpts_site() -> Blueprint:
    """Everything that belongs to one CPTS."""
    site = Blueprint("cpts", __name__)
    for blueprint, address in (
        (dashboard.bp, "/"),
        (plan.bp, "/plan"),
        (access.cpts_bp, "/acces"),
    ):
        site.register_blueprint(blueprint, url_prefix=address)

    @site.url_defaults
    def fill_slug(_endpoint: str, values: dict[str, Any]) -> None:
        """Templates of a CPTS write addresses without naming it again."""
        if "slug" not in values and "cpts" in g:
            values["slug"] = g.cpts.slug

    return site
