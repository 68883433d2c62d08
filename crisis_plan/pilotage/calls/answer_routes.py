"""Answering a call by one’s personal link: its GET writes nothing."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("call_answers", __name__)
