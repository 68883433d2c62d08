"""Stand-down and closing, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("closing", __name__)
