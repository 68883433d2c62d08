"""The programme of exercises, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exercises", __name__)
