"""Debriefs on screen: the whole blueprint, from the list to what is decided of a weak point."""

from __future__ import annotations

from crisis_plan.evaluation.room.deciding_routes import bp

__all__ = ["bp"]
