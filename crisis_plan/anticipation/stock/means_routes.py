"""Other means than stock, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("means", __name__)
