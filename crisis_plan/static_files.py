"""Static files, under an address that changes with their content, so that a browser may keep them a year."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

A_YEAR = 365 * 24 * 3600
MARK = "v"
VERSION_IN_NAME = re.compile(r"-\d+\.\d+\.\d+\.")


def static_files(app: Flask) -> None:
    """Add the content's mark to static addresses; a year of cache for those, and for a version in the name (a font)."""
    folder = Path(app.static_folder or "")

    @cache
    def content_mark(filename: str) -> str:
        path = folder / filename
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""

    @app.url_defaults
    def add_mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and MARK not in values and (mark := content_mark(values["filename"])):
            values[MARK] = mark

    @app.after_request
    def keep_a_year(response: Response) -> Response:
        is_pinned = MARK in request.args or VERSION_IN_NAME.search(request.path)
        if request.endpoint == "static" and is_pinned and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        return response
