"""A recipient’s personal link to one version: its GET writes nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("plan_links", __name__)
