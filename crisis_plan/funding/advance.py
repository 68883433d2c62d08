"""The advance that the general rule of the fixed parts of the ACI would give. Source: domain, section 10 [unsure]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crisis_plan.months import add_months

ADVANCED_PERCENT = 75
GENERAL_RULE = (
    "Règle générale des parts fixes de l’ACI (Sénat, rapport r25-032)\u00a0; son application ici n’est pas confirmée."
)


@dataclass(frozen=True)
class Advance:
    """What is paid at the start of the mission, and what remains."""

    amount_cents: int
    days: int
    """From the start of the mission to the anniversary of the contract."""
    year_days: int
    """Days of the year that ends at this anniversary."""
    is_cut: bool = False
    """Whether the time was longer than a year, and counts for one."""

    @property
    def full_cents(self) -> int:
        """75 % of a whole year."""
        return self.amount_cents * ADVANCED_PERCENT // 100

    @property
    def advance_cents(self) -> int:
        """75 %, prorated to the anniversary; to the nearest cent."""
        return round(self.amount_cents * ADVANCED_PERCENT * self.days / (100 * self.year_days))

    @property
    def balance_cents(self) -> int:
        """What remains of the line at the anniversary."""
        return self.amount_cents - self.advance_cents


def general_advance(amount_cents: int, *, starts_on: date, anniversary_on: date) -> Advance:
    """75 % of the line from the start of the mission, in days of the year that ends at the anniversary, at most a year."""
    year_days = (anniversary_on - add_months(anniversary_on, -12)).days
    days = (anniversary_on - starts_on).days
    return Advance(amount_cents, min(max(days, 0), year_days), year_days, is_cut=days > year_days)


def anniversary_after(signed_on: date | None, starts_on: date | None) -> date | None:
    """The first anniversary of the contract after the start of the mission; none where either is not known."""
    if signed_on is None or starts_on is None:
        return None
    years = max(starts_on.year - signed_on.year, 1)
    found = add_months(signed_on, 12 * years)
    return found if found > starts_on else add_months(signed_on, 12 * (years + 1))
