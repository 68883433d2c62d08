"""The ladder of levels, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("levels", __name__)
