"""Which version of the plan proves a line, and against which one it is compared. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.distribution import queries as distribution
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.yearly_update.deadlines.queries import mission_years_of
from crisis_plan.yearly_update.deadlines.rules import MissionYear

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication


def first_written(cpts: Cpts, today: date) -> Publication | None:
    """The first plan: among it and what followed in the first mission year, the version whose circulation is best proved."""
    written = _written(cpts, today)
    year = _year(cpts, 1, today)
    same_year = [one for one in written[1:] if year and year.holds(one.dated_on) and one.kind is written[0].kind]
    return best_circulated(cpts, [*written[:1], *same_year]) if written else None


def of_mission_year(cpts: Cpts, number: int, today: date) -> tuple[Publication | None, Publication | None]:
    """The version that updates the plan in this mission year, and the one that was in force before that year.

    Where nothing was written before that year, the version before it.
    """
    written, year = _written(cpts, today), _year(cpts, number, today)
    of_year = [one for one in written[1:] if year and year.holds(one.dated_on)]
    if year is None or not of_year:
        return None, None
    version = best_circulated(cpts, of_year)
    before = [one for one in written if one.dated_on < year.starts_on] or written[: written.index(version)]
    return version, before[-1] if before else None


def best_circulated(cpts: Cpts, versions: Sequence[Publication]) -> Publication:
    """The latest of these versions, unless an earlier one reached more of the groups that must receive the plan."""
    if len(versions) == 1:
        return versions[0]
    return min(reversed(versions), key=lambda one: len(distribution.missing_groups(cpts, one)))


def _written(cpts: Cpts, today: date) -> list[Publication]:
    """Published or written elsewhere before, the oldest first; provisional ones never count."""
    return [one for one in queries.written(cpts) if one.dated_on <= today]


def _year(cpts: Cpts, number: int, today: date) -> MissionYear | None:
    return next((year for year in mission_years_of(cpts, today) if year.number == number), None)
