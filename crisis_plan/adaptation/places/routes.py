"""Places that can be opened, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("places", __name__)
