"""The three dated facts on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("facts", __name__)
