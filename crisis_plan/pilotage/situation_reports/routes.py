"""Situation reports on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("situation_reports", __name__)
