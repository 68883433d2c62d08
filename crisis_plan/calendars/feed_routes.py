"""The feed that a calendar application reads."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calendar_feeds", __name__)
