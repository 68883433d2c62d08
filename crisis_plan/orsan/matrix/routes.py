"""The ORSAN matrix, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("orsan", __name__)
