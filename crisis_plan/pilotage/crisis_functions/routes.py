"""The functions of a crisis on screen: who is on duty, who relieves them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("crisis_functions", __name__)
