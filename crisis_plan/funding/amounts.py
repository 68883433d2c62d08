"""An amount, as a sentence says it."""

from __future__ import annotations

from crisis_plan.web.formats import euros


def up_to(cents: int, *, is_ceiling: bool) -> str:
    """« jusqu’à 37 500 € » of a ceiling: whether it is paid whole is not known (domain, section 10)."""
    return f"{'jusqu’à ' if is_ceiling else ''}{euros(cents)}"
