"""The yearly update: what changed since the version in force, what is signed, what is still to read again."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("yearly_update", __name__)
