"""Risks of the territory, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("risks", __name__)
