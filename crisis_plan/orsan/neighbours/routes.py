"""Neighbouring plans, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("neighbours", __name__)
