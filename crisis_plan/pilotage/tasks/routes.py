"""The tasks of a crisis on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("crisis_tasks", __name__)
