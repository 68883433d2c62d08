"""The deadlines of the mission, and the contract that they are counted from."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("deadlines", __name__)
