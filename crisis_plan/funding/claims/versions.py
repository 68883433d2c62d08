"""Which version of the plan proves a line, and against which one it is compared. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.distribution import queries as distribution
from crisis_plan.funding.claimed_versions import versions_of_year
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.yearly_update.deadlines.queries import mission_years_of

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication


def first_written(cpts: Cpts, today: date) -> Publication | None:
    """The first plan: among it and what followed in the first mission year, the version whose circulation is best proved."""
    of_year = versions_of_year(_written(cpts, today), 1, mission_years_of(cpts, today))
    return best_circulated(cpts, of_year) if of_year else None


def of_mission_year(cpts: Cpts, number: int, today: date) -> tuple[Publication | None, Publication | None]:
    """The version that updates the plan in this mission year, and the one that was in force before that year.

    Where nothing was written before that year, the version before it.
    """
    written, years = _written(cpts, today), mission_years_of(cpts, today)
    of_year = versions_of_year(written, number, years)
    if not of_year:
        return None, None
    version = best_circulated(cpts, of_year)
    starts_on = next(year.starts_on for year in years if year.number == number)
    before = [one for one in written if one.dated_on < starts_on] or written[: written.index(version)]
    return version, before[-1] if before else None


def best_circulated(cpts: Cpts, versions: Sequence[Publication]) -> Publication:
    """The latest of these versions, unless an earlier one reached more of the groups that must receive the plan."""
    if len(versions) == 1:
        return versions[0]
    return min(reversed(versions), key=lambda one: len(distribution.missing_groups(cpts, one)))


def _written(cpts: Cpts, today: date) -> list[Publication]:
    """Published or written elsewhere before, the oldest first; provisional ones never count."""
    return [one for one in queries.written(cpts) if one.dated_on <= today]
