"""Needs, circuits and continuity, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("arrangements", __name__)
