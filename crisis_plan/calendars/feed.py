"""The dates of a CPTS as a calendar application reads them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from crisis_plan.calendars.models import CalendarFeed
from crisis_plan.calendars.rules import CalendarDate
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.calendar_files import CalendarEntry, calendar_file
from crisis_plan.web.links import absolute, token_for

PURPOSE = "calendar"


def address_of(feed: CalendarFeed) -> str:
    """The private address itself: whoever has it reads the dates."""
    return absolute("calendar_feeds.read", token=token_for(PURPOSE, feed.id))


def file_of(cpts: Cpts, dates: Iterable[CalendarDate]) -> Response:
    name = f"Plan de crise – {cpts.name}"
    return calendar_file(name, (_entry(cpts, one) for one in dates), file_name=f"plan-de-crise_{cpts.slug}.ics")


def _entry(cpts: Cpts, one: CalendarDate) -> CalendarEntry:
    return CalendarEntry(
        identity=one.key,
        day=one.day,
        summary=one.title,
        changed_at=one.changed_at,
        description=one.kind.label,
        place=one.place,
        address=absolute(one.endpoint, slug=cpts.slug, **one.values),
        revision=one.revision,
    )
