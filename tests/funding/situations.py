"""CPTS as the money sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crisis_plan.funding.computations import CrisisCase, Situation
from crisis_plan.funding.lines import Doubt, Majoration
from crisis_plan.organisations.rules import Size, SizeReason, SizeStanding

WRITTEN_ON = date(2025, 3, 1)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Said:
    """What the CPAM answered."""

    answered_on: date = date(2026, 5, 12)
    source: str = "CPAM du Gard, courrier"
    text: str = "Oui."
    settles: bool = True
    majoration: Majoration | None = None
    applies_from: date | None = None


CONFIRMED = {Doubt.MAJORATION: Said(majoration=Majoration.CONFIRMED, applies_from=date(2024, 1, 1))}


def sized(size: Size | None, **said: Any) -> Situation:
    """A CPTS of this size that wrote its plan, unless told otherwise."""
    known = SizeStanding(size, SizeReason.STATED if size else SizeReason.UNKNOWN)
    return Situation(known, **{"first_plan_on": WRITTEN_ON, **said})


def at_bound(inhabitants: int, **said: Any) -> Situation:
    """A CPTS whose population is exactly at the limit of two sizes."""
    silent = SizeStanding(None, SizeReason.SILENT)
    return Situation(silent, inhabitants=inhabitants, **{"first_plan_on": WRITTEN_ON, **said})


def recognised(began_on: date = date(2026, 7, 1), recognised_on: date | None = date(2026, 7, 3)) -> CrisisCase:
    return CrisisCase(began_on, recognised_on)
