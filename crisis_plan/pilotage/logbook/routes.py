"""The logbook on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("logbook", __name__)
