"""Giving a version to those it is made for, and the register that proves it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("distribution", __name__)
