"""Clocks that cannot be right, of a device or of a server: nothing typed is lost, and the hours follow the numbers."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import AFTER_CLOSING, OFFLINE_REASON, WRONG_CLOCK, Part
from tests.browser import Browser, Page
from tests.factories import NOON
from tests.pilotage.logbook.factories import an_entry

NAMED = "Mme Durand née le 12/03/1948 est à évacuer"


def send(browser: Browser, crisis: Crisis, text: str = "Le pont est coupé", **fields: Any) -> Page:
    typed = {"text": text, "creation_key": str(uuid.uuid4()), **fields}
    return browser.post("cpts.logbook.append", typed, crisis_id=crisis.id)


def only(crisis: Crisis, part: Part = Part.MAIN) -> LogbookEntry:
    db.session.rollback()
    (found,) = queries.whole(crisis, part)
    return found


def close(crisis: Crisis) -> None:
    crisis.closed_at = clock.now()
    db.session.commit()


@pytest.mark.parametrize(
    "device_at",
    ["1970-01-01T00:00:10+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "2099-01-01T00:00:00Z"],
)
def test_what_a_device_with_a_wrong_clock_kept_happened_as_it_came(
    cell_member: Browser, crisis: Crisis, device_at: str
) -> None:
    answer = send(cell_member, crisis, NAMED, device_at=device_at)
    assert answer.status == 303
    entry = only(crisis)
    assert (entry.happened_at, entry.device_at, entry.said.late_reason) == (entry.entered_at, None, WRONG_CLOCK)
    assert answer.follow().texts("#entree-1 .badge") == ["À vérifier : semble nommer quelqu’un"]


def test_an_hour_typed_on_such_a_device_is_told_by_our_clock(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    happened = clock.now() - timedelta(minutes=40)
    typed = {"happened_at_time": f"{clock.local(happened, cpts):%H:%M}", "late_reason": "Panne"}
    assert send(cell_member, crisis, device_at="0001-01-01T00:00:00+14:00", **typed).status == 303
    entry = only(crisis)
    assert timedelta() <= happened - entry.happened_at < timedelta(minutes=1)
    assert entry.said.late_reason == f"Panne\u00a0; {WRONG_CLOCK}"


def test_what_such_a_device_sends_twice_is_one_entry(cell_member: Browser, crisis: Crisis) -> None:
    key, device_at = str(uuid.uuid4()), "1970-01-01T00:00:10+00:00"
    assert [send(cell_member, crisis, creation_key=key, device_at=device_at).status for _ in range(2)] == [303, 303]
    assert only(crisis).said.late_reason == WRONG_CLOCK


def test_a_clock_that_can_be_right_is_kept(cell_member: Browser, crisis: Crisis) -> None:
    typed_at = crisis.opened_at - timedelta(hours=23)
    send(cell_member, crisis, device_at=typed_at.isoformat())
    entry = only(crisis)
    assert (entry.happened_at, entry.device_at, entry.said.late_reason) == (typed_at, typed_at, OFFLINE_REASON)


def test_hours_follow_the_numbers_whatever_the_clock_of_a_server_says(crisis: Crisis, author: Account) -> None:
    first = an_entry(crisis, author, "Un", at=NOON)
    second = an_entry(crisis, author, "Deux", at=NOON - timedelta(minutes=3))
    crisis.closed_at = NOON
    db.session.flush()
    late = an_entry(crisis, author, "Trois", at=NOON - timedelta(minutes=1))
    assert (first.entered_at, second.entered_at, late.entered_at) == (NOON, NOON, NOON)
    assert (late.part, late.happened_at) == (Part.ANNEX, NOON)


def test_nobody_is_asked_about_what_reaches_a_closed_log(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    close(crisis)
    happened = clock.local(clock.now() - timedelta(hours=2), cpts)
    typed = {"happened_at_date": f"{happened:%Y-%m-%d}", "happened_at_time": f"{happened:%H:%M}"}
    page = send(cell_member, crisis, NAMED, **typed)
    assert page.status == 303
    entry = only(crisis, Part.ANNEX)
    assert (entry.said.late_reason, f"{clock.local(entry.happened_at, cpts):%H:%M}") == (
        AFTER_CLOSING,
        typed["happened_at_time"],
    )
    assert page.follow().texts("#annexe-1 .badge") == ["À vérifier : semble nommer quelqu’un"]


def test_an_hour_to_come_keeps_nothing_out_of_a_closed_log(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    close(crisis)
    to_come = clock.local(clock.now() + timedelta(hours=2), cpts)
    typed = {"happened_at_date": f"{to_come:%Y-%m-%d}", "happened_at_time": f"{to_come:%H:%M}"}
    assert send(cell_member, crisis, **typed).status == 303
    entry = only(crisis, Part.ANNEX)
    assert entry.happened_at == entry.entered_at


def test_line_ends_are_kept_alike_so_that_what_is_sent_again_is_the_same(cell_member: Browser, crisis: Crisis) -> None:
    key = str(uuid.uuid4())
    sent = [send(cell_member, crisis, text, creation_key=key).status for text in ("Un\r\ndeux", "Un\ndeux")]
    assert (sent, only(crisis).said.text) == ([303, 303], "Un\ndeux")


def test_an_address_with_an_impossible_day_or_number_breaks_nothing(
    cell_member: Browser, crisis: Crisis, author: Account
) -> None:
    an_entry(crisis, author, at=clock.now())
    db.session.commit()
    index = cell_member.address("cpts.logbook.index", crisis_id=crisis.id)
    huge = "9" * 23
    for asked in ("?du=0001-01-01", "?au=9999-12-31&au-heure=23:59", f"?page={huge}", f"?page={huge}&q=fait"):
        assert cell_member.open(f"{index}{asked}").status == 200, asked
    for path in (huge, f"annexe/{huge}", f"{huge}/corriger", f"1/pieces/{huge}"):
        assert cell_member.open(f"{index}{path}").status == 404, path
    whole = cell_member.open(f"{index}suite?after=-{huge}", headers={"HX-Request": "true"})
    assert whole.html.select_one("#entree-1") is not None
    assert cell_member.open(f"{index}suite?after={huge}", headers={"HX-Request": "true"}).status == 204


def test_a_correction_that_changes_only_line_ends_is_none(
    cell_member: Browser, crisis: Crisis, author: Account
) -> None:
    an_entry(crisis, author, "Un\ndeux", at=clock.now())
    db.session.commit()
    typed = {"text": "Un\r\ndeux ", "reason": "rien", "creation_key": str(uuid.uuid4())}
    refused = cell_member.post("cpts.logbook.save_correction", typed, crisis_id=crisis.id, number=1)
    assert refused.status == 422
    assert queries.last_number(crisis) == 1
