"""Dates as iCalendar, which every calendar application reads (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Response, request
from icalendar import Calendar, Event, vDuration, vText

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//Plan de crise CPTS//FR"
DOMAIN = "plan-de-crise"
"""What ends every identity; not the host's name, so that a move does not double the events."""
REFRESHED_EVERY = timedelta(hours=12)


@dataclass(frozen=True)
class CalendarEntry:
    """A whole day in a calendar."""

    identity: str
    """The same from one reading to the next: `exercise-<id>`."""
    day: date
    summary: str
    changed_at: datetime
    """When it last changed: two readings without a change between them are the same bytes."""
    description: str = ""
    place: str = ""
    address: str = ""
    """Absolute address of the page that tells more."""
    revision: int = 0
    is_cancelled: bool = False


def calendar(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar of whole days, under this name."""
    written = Calendar()
    written.add("prodid", PRODUCT)
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written["x-wr-calname"] = vText(name)
    written.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    written["x-published-ttl"] = vDuration(REFRESHED_EVERY)
    for entry in entries:
        written.add_component(_event(entry))
    return bytes(written.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.identity}@{DOMAIN}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.summary)
    for name, value in (("description", entry.description), ("location", entry.place), ("url", entry.address)):
        if value:
            event.add(name, value)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def calendar_file(name: str, entries: Iterable[CalendarEntry], *, file_name: str) -> Response:
    """A calendar to open or to follow; answers 304 to who has it already."""
    content = calendar(name, entries)
    response = Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
