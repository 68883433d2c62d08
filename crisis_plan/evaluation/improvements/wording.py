"""An improvement in words: what several pages and papers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement

WITHDRAWN = "retiré du bilan depuis"


def origin_in_words(improvement: Improvement) -> str:
    """« Crise n° 1 : Canicule, constat n° 3 », and whether that finding was withdrawn since."""
    words = improvement.origin_words or improvement.origin.label
    finding = improvement.finding
    return f"{words}, {WITHDRAWN}" if finding and finding.withdrawn_at else words
