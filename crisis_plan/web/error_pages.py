"""Refusals as pages: French, kind, and nothing typed is lost."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from crisis_plan import db
from crisis_plan.errors import RuleBroken

NOT_KEPT = frozenset({"csrf_token", "password", "current_password", "new_password", "confirmation"})
WITH_A_PAGE = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 429})


def show_errors(app: Flask) -> None:
    """One page for each refusal; a broken rule is shown in its own words."""

    @app.errorhandler(RuleBroken)
    def broken_rule(error: RuleBroken) -> ResponseReturnValue:
        return render_template("errors/409.html", message=str(error), typed=typed_words()), error.status

    @app.errorhandler(CSRFError)
    def stale_token(_error: CSRFError) -> ResponseReturnValue:
        if came_from_here():
            return send_again(status=400)
        return render_template("errors/400.html"), 400

    @app.errorhandler(500)
    def broken(_error: HTTPException) -> ResponseReturnValue:
        """Says so without the database, which may be what broke."""
        db.start_over()
        return render_template("errors/500.html"), 500

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.get_response()
        code = error.code or 500
        return render_template(f"errors/{code if code in WITH_A_PAGE else 400}.html"), code


def typed_words() -> list[str]:
    """What someone wrote in a form that a rule refuses as a whole: shown again, so that it can be copied elsewhere."""
    words = (value.strip() for name, value in request.form.items(multi=True) if name not in NOT_KEPT)
    return [one for one in words if " " in one or "\n" in one]


def came_from_here() -> bool:
    """Whether the browser says that this request comes from one of our own pages."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.host


def send_again(*, status: int = 401) -> ResponseReturnValue:
    """What was typed in an expired session, kept on the page, to be sent again after signing in."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    return render_template("errors/401.html", fields=fields, action=request.full_path.rstrip("?")), status
