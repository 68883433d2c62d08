"""What we write as iCalendar is read back by another library, with the same days and identities."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import vobject
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.web.calendar_files import DOMAIN, CalendarEntry, calendar

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
words = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\ufeff"), max_size=200)
    .map(str.strip)
    .filter(lambda text: "\\N" not in text)
)
"""Any text but the byte order mark, which the other library takes out wherever it stands, and a typed « \\N », which the
library that writes takes for a line break."""
entries = st.lists(
    st.builds(
        CalendarEntry,
        identity=st.uuids().map("exercise-{}".format),
        day=st.dates(date(1950, 1, 1), date(2150, 1, 1)),
        summary=words.filter(bool),
        changed_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
        description=words,
        place=words,
        revision=st.integers(0, 1000),
        is_cancelled=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.identity,
)


@given(words.filter(bool), entries)
def test_another_library_reads_the_same_days_back(name: str, written: list[CalendarEntry]) -> None:
    read = vobject.readOne(calendar(name, written).decode("utf-8"))
    assert read.x_wr_calname.value == name
    found = {event.uid.value: event for event in read.contents.get("vevent", [])}
    assert list(found) == [f"{one.identity}@{DOMAIN}" for one in written]
    for one in written:
        event = found[f"{one.identity}@{DOMAIN}"]
        assert (event.dtstart.value, event.dtend.value) == (one.day, one.day + timedelta(days=1))
        assert event.summary.value == one.summary
        assert event.status.value == ("CANCELLED" if one.is_cancelled else "CONFIRMED")
        assert event.sequence.value == str(one.revision)
        assert event.dtstamp.value == one.changed_at.replace(microsecond=0)
        said = event.contents.get("description", []), event.contents.get("location", [])
        assert [[line.value for line in lines] for lines in said] == [
            [one.description] if one.description else [],
            [one.place] if one.place else [],
        ]


@given(words.filter(bool), entries)
def test_two_renderings_are_the_same_bytes_and_no_line_is_too_long(name: str, written: list[CalendarEntry]) -> None:
    content = calendar(name, written)
    assert content == calendar(name, written)
    assert content.endswith(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_the_days_are_whole_and_the_calendar_is_named() -> None:
    content = calendar("CPTS", [CalendarEntry("exercise-1", date(2026, 12, 31), "Neige, verglas", MOMENT)]).decode()
    for line in (
        "X-WR-CALNAME:CPTS",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "DTSTAMP:20261122T120000Z",
        "SUMMARY:Neige\\, verglas",
        "TRANSP:TRANSPARENT",
    ):
        assert line in content.splitlines()


def test_a_calendar_without_dates_is_still_one() -> None:
    assert vobject.readOne(calendar("CPTS", []).decode()).name == "VCALENDAR"
