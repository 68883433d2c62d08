"""Members’ time and actions carried out, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("mobilisation", __name__)
