"""Debriefs on screen: the whole blueprint, from the list to the dated parts of a validated one."""

from __future__ import annotations

from crisis_plan.evaluation.room.sharing_routes import bp

__all__ = ["bp"]
