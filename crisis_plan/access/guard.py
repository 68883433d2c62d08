"""The door of every route: who is it, which CPTS is meant, is it permitted?

A view declares one of `@public`, `@signed_in`, `@requires(permission)`; one that declares nothing stops the
application's start. The order of refusals is the same everywhere: signed out → the sign-in page; a stranger to
the CPTS → 404; known there without the right → 403.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan.access import queries
from crisis_plan.access.policy import Permission, Role, may
from crisis_plan.db import READING_METHODS
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.error_pages import came_from_here, send_again
from crisis_plan.web.htmx import is_htmx

View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(RuntimeError):
    """A view does not say who may use it."""


def public(view: View) -> View:
    """Anyone, signed out included."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone who has an account."""
    view.access = "signed_in"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only who has this permission: in the CPTS of the address, or in their area, or on the installation."""

    def declare(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return declare


def guard_every_view(app: Flask) -> None:
    """Check the declared access before each request, and that every view declares one."""
    app.view_functions["static"] = public(app.view_functions["static"])

    @app.before_request
    def check() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        access = getattr(view, "access", None)
        if access == "public":
            return None
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        if view is None or request.routing_exception is not None:
            return None
        if access != "signed_in":
            enter(access)
        return None

    @app.context_processor
    def rights() -> dict[str, object]:
        return {"can": can, "cpts": g.get("cpts")}


def refuse_undeclared_views(app: Flask) -> None:
    """Stop the start when a route forgot to say who may use it."""
    undeclared = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    if undeclared:
        raise Undeclared(", ".join(sorted(undeclared)))


def enter(access: Permission | None) -> None:
    """Resolve the CPTS of the address and check the right there; aborts with 404 or 403."""
    if access is None:
        abort(403)
    slug = request.view_args.pop("slug", None) if request.view_args else None
    if slug is None:
        g.roles = queries.roles_anywhere(current_user)
        if not may(g.roles, access):
            abort(404)
        return
    cpts = queries.cpts_seen_by(current_user, slug)
    g.roles = queries.roles_in(current_user, cpts) if cpts else frozenset()
    if cpts is None or not g.roles:
        abort(404)
    g.cpts = cpts
    if not may(g.roles, access):
        abort(403)
    request.view_args = {"cpts": cpts, **(request.view_args or {})}


def can(permission: str) -> bool:
    """Whether the person looking may do this here; for templates and the menu."""
    return may(current_roles(), Permission(permission))


def current_roles() -> frozenset[Role]:
    """The roles that count for the page being shown."""
    roles: frozenset[Role] = g.get("roles", frozenset())
    return roles


def current_cpts() -> Cpts | None:
    """The CPTS of the address being shown."""
    cpts: Cpts | None = g.get("cpts")
    return cpts


def ask_to_sign_in() -> ResponseReturnValue:
    """A reader comes back to the page after signing in; what was typed in a form is kept on the 401 page."""
    if is_htmx():
        return "", 401
    if request.method in READING_METHODS:
        target = request.full_path.rstrip("?")
        return redirect(f"{url_for('access.sign_in')}?suite={quote(target, safe='/')}")
    if came_from_here():
        return send_again()
    return redirect(url_for("access.sign_in"))
