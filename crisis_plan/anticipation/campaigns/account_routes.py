"""One’s own line of the directory, from one’s account."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("own_account_contact", __name__)
