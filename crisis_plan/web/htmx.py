"""One template, two audiences: the browser gets the page, htmx gets a named block of it.

Three answers and no more: `page_or_block` (reading), `invalid` (a refused form, 422) and `done` (what changed).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from jinja2_fragments.flask import render_block


def is_htmx() -> bool:
    """Whether htmx asks, and wants a part of the page (not a page restored from its history)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def page_or_block(template: str, block: str, **context: Any) -> ResponseReturnValue:
    """The page, or this block of it for htmx."""
    return _render(template, block, context)


def invalid(template: str, block: str = "main", *, status: int = 422, **context: Any) -> ResponseReturnValue:
    """The form again, with its messages and all that was typed. Nothing is saved."""
    return _render(template, block, context), status


def done(template: str = "", block: str = "", *, otherwise: str, said: str = "", **context: Any) -> ResponseReturnValue:
    """What changed, for htmx; for a plain form, the page at `otherwise`, which says what was done."""
    if is_htmx() and block:
        return make_response(render_block(template, block, **context))
    if said:
        flash(said, "success")
    return redirect(otherwise, 303)


def _render(template: str, block: str, context: dict[str, Any]) -> str:
    if is_htmx():
        return render_block(template, block, **context)
    return render_template(template, **context)


def vary_on_htmx(app: Flask) -> None:
    """The same address answers two audiences: a cache must not serve one with the other's page."""

    @app.after_request
    def add_vary(response: Response) -> Response:
        response.vary.add("HX-Request")
        return response
