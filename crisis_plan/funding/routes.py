"""What the plan is paid: lines, amounts, doubts, five years at a glance."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("funding", __name__)
