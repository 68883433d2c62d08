"""The call lists of a crisis on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("crisis_calls", __name__)
