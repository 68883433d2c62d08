"""The crisis room: opening, the page of a crisis, its level."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("room", __name__)
