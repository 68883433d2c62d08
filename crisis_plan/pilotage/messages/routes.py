"""The messages of a crisis on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("crisis_messages", __name__)
