"""Crisis types that no card covers, and why. The same blueprint as the cards."""

from __future__ import annotations

from crisis_plan.adaptation.responses.routes import bp

__all__ = ["bp"]
