"""Which versions of the plan a line is claimed for, and the day whose rates apply to it. Source: domain, section 10.

The day is our reading (decision 0011): the text does not say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.yearly_update.deadlines.rules import MissionYear

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication


def versions_of_year(
    written: Sequence[Publication], number: int, years: Sequence[MissionYear]
) -> tuple[Publication, ...]:
    """The versions that may prove the line of this mission year, the oldest first; `written`: all of them, so too.

    Of year 1, the first plan, whenever it was written, and what was published of its kind in that year; of a later
    year, every version of the year but the first plan. The evidence shows the best circulated of them.
    """
    year = next((one for one in years if one.number == number), None)
    of_year = [one for one in written[1:] if year and year.holds(one.dated_on)]
    if number > 1:
        return tuple(of_year)
    return (*written[:1], *(one for one in of_year if one.kind is written[0].kind))


def rate_day(versions: Sequence[Publication], starts_on: date | None) -> date | None:
    """The day of the first of these versions, or the first day of the year where it is later; none without a version.

    Whichever of them the evidence shows: a newer version never changes an amount.
    """
    return max(versions[0].dated_on, starts_on or date.min) if versions else None
