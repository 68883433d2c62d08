"""One’s own line of the directory, by a personal link: its GET writes nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("own_contact", __name__)
