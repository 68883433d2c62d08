"""Material that leaves the stock for a crisis, on screen."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("stock_out", __name__)
