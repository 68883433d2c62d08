"""Seals, as a property of every entry that one can think of."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.pilotage.logbook import contents, rules, seals
from crisis_plan.pilotage.logbook.contents import Content
from crisis_plan.pilotage.logbook.rules import TYPED, EntryKind, Part
from crisis_plan.pilotage.logbook.seals import Header

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DOCUMENTS = st.fixed_dictionaries({"file_name": WORDS, "size": st.integers(0, 10**9), "sha256": WORDS})
CONTENTS = st.builds(
    Content, **dict.fromkeys(contents.CONTENT, WORDS), attachments=st.lists(DOCUMENTS, max_size=2).map(tuple)
)
HEADERS = st.builds(
    Header,
    id=st.uuids(),
    crisis_id=st.uuids(),
    part=st.sampled_from(Part),
    number=st.integers(1, 10**6),
    kind=st.sampled_from(EntryKind),
    happened_at=MOMENTS,
    entered_at=MOMENTS,
    device_at=st.none() | MOMENTS,
    author_id=st.uuids(),
    author_name=WORDS,
    corrects=st.none() | st.integers(1, 10**6),
    client_key=st.uuids(),
)
NAMES = [one.name for one in fields(Header)]
SALT, BEFORE = "ab" * 16, "cd" * 32


@given(CONTENTS)
def test_a_content_is_read_as_it_was_written(content: Content) -> None:
    stored = contents.canonical(content)
    read = contents.read_content(stored)
    assert replace(read, attachments=tuple(read.attachments)) == content
    assert contents.canonical(read) == stored


@given(CONTENTS, CONTENTS)
def test_two_contents_have_one_digest_only_when_they_say_the_same(one: Content, other: Content) -> None:
    same = seals.digest(SALT, contents.canonical(one)) == seals.digest(SALT, contents.canonical(other))
    assert same == (one == other)


@given(CONTENTS, st.sampled_from(contents.CONTENT), WORDS)
def test_changing_one_word_of_a_content_changes_its_digest(content: Content, name: str, said: str) -> None:
    changed = replace(content, **{name: said})
    before, after = (seals.digest(SALT, contents.canonical(one)) for one in (content, changed))
    assert (before == after) == (getattr(content, name) == said)


@given(HEADERS, HEADERS, st.sampled_from(NAMES))
def test_changing_any_field_of_an_entry_changes_its_seal(entry: Header, other: Header, name: str) -> None:
    changed = replace(entry, **{name: getattr(other, name)})
    same = seals.seal(BEFORE, entry, SALT) == seals.seal(BEFORE, changed, SALT)
    assert same == (getattr(entry, name) == getattr(other, name))


@given(HEADERS, WORDS, WORDS)
def test_a_seal_holds_what_came_before_and_what_is_said(entry: Header, before: str, digest: str) -> None:
    assert (seals.seal(before, entry, SALT) == seals.seal(BEFORE, entry, SALT)) == (before == BEFORE)
    assert (seals.seal(BEFORE, entry, digest) == seals.seal(BEFORE, entry, SALT)) == (digest == SALT)


@given(HEADERS)
def test_a_word_cannot_slip_from_one_field_into_the_next(entry: Header) -> None:
    longer, shorter = replace(entry, author_name="Roux\n5"), replace(entry, author_name="Roux", corrects=5)
    assert seals.seal(BEFORE, longer, SALT) != seals.seal(BEFORE, shorter, SALT)


@given(MOMENTS, st.integers(-12, 12))
def test_a_moment_is_sealed_alike_wherever_it_is_read(moment: datetime, hours: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert seals.as_stored(elsewhere) == seals.as_stored(moment)


@given(st.uuids(), st.uuids())
def test_each_crisis_begins_a_chain_of_its_own(one: uuid.UUID, other: uuid.UUID) -> None:
    assert (seals.origin_seal(one) == seals.origin_seal(other)) == (one == other)


@given(MOMENTS, st.integers(0, 10**5), st.integers(0, 600))
def test_lateness_is_more_than_the_minutes_allowed(entered: datetime, seconds: int, allowed: int) -> None:
    assert rules.is_late(entered - timedelta(seconds=seconds), entered, allowed) == (seconds > allowed * 60)


def test_every_kind_that_is_typed_has_one_key_of_its_own() -> None:
    keys: dict[str, Any] = rules.KINDS_BY_KEY
    assert sorted(kind.value for kind in keys.values()) == sorted(kind.value for kind in TYPED)
    assert [key for key in keys if len(key) != 1 or key.isalnum() or key.isspace()] == []


OPENED = datetime(2026, 11, 23, 8, tzinfo=UTC)


@given(st.integers(-5 * 24, 5 * 24), st.integers(0, 4 * 24))
def test_a_devices_clock_is_believed_within_a_day_of_the_crisis(hours: int, since: int) -> None:
    device_at, now = OPENED + timedelta(hours=hours), OPENED + timedelta(hours=since)
    assert rules.is_believable(device_at, OPENED, now) == (-24 <= hours <= since + 24)
