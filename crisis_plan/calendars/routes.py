"""The dates of a CPTS, and the private address at which a calendar reads them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calendars", __name__)
