"""Dated rates, as an operator adds them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rates", __name__)
