"""Debriefs on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("debriefs", __name__)
