"""The deadlines as days of a calendar application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crisis_plan.organisations.models import Cpts
from crisis_plan.web.calendar_files import CalendarEntry
from crisis_plan.web.links import absolute
from crisis_plan.yearly_update.deadlines import queries


def entries(cpts: Cpts, today: date) -> Iterator[CalendarEntry]:
    """What is not yet met, the same from one reading to the next."""
    for one in queries.calendar_days(cpts, today):
        yield CalendarEntry(
            identity=one.key,
            day=one.day,
            summary=one.title,
            changed_at=one.changed_at,
            description="Échéance de la mission",
            address=absolute(one.endpoint, slug=cpts.slug, **one.values),
            revision=one.revision,
        )
