"""The deadlines as days of a calendar application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publication
from crisis_plan.web.calendar_files import CalendarEntry
from crisis_plan.web.links import absolute
from crisis_plan.yearly_update.deadlines import queries
from crisis_plan.yearly_update.deadlines.sentences import calendar_days, update_days


def entries(cpts: Cpts, today: date) -> Iterator[CalendarEntry]:
    """What is not yet met, the same from one reading to the next."""
    deadlines, current = queries.deadlines_of(cpts, today), publication.current(cpts)
    days = [*calendar_days(deadlines, cpts), *(update_days(deadlines, cpts, current.published_at) if current else ())]
    for one in days:
        yield CalendarEntry(
            identity=one.key,
            day=one.day,
            summary=one.title,
            changed_at=one.changed_at,
            description="Échéance de la mission",
            address=absolute(one.endpoint, slug=cpts.slug, **one.values),
            revision=one.revision,
        )
