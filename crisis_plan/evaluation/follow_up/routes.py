"""The list of improvements, and one of them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("improvements", __name__)
