"""The board of needs by commune."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("needs", __name__)
