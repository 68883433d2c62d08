"""Claims on screen: the whole blueprint, from the opening to the payment."""

from __future__ import annotations

from crisis_plan.funding.taking_back_routes import bp

__all__ = ["bp"]
