"""« Ce qui me concerne »: the published cards of one’s own profession and functions."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("own_cards", __name__)
