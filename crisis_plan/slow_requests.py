"""One line in the log for each request, without personal data; slow ones stand out."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("crisis_plan.requests")


def watch(app: Flask) -> None:
    """Time every request; the address is logged by its rule, never with identifiers or tokens."""
    limit = app.config["SLOW_VIEW_SECONDS"]
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if "started" not in g:
            return response
        seconds = perf_counter() - g.started
        level = logging.WARNING if seconds > limit else logging.INFO
        rule = request.url_rule.rule if request.url_rule else "-"
        log.log(level, "%s %s %s %.0f ms", request.method, rule, response.status_code, seconds * 1000)
        return response


def _log_exception(error: Any) -> None:
    """An unexpected error, by the rule of its address: the address itself may hold a personal link."""
    rule = request.url_rule.rule if request.url_rule else "-"
    log.error("%s %s", request.method, rule, exc_info=error)
