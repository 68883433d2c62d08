"""A call list, shared by those who call."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calls", __name__)
