"""The measures of the crisis room run; what they measure is judged by people, never by a test."""

from __future__ import annotations

from benchmarks import crisis


def test_both_sides_of_appending_are_written_through_http() -> None:
    found = crisis.appending(writers=2, each=2, rounds=1)
    assert [ours > 0 and bare > 0 for ours, bare in found] == [True]


def test_people_who_watch_and_write_are_all_answered() -> None:
    taken, answers = crisis.watching("journal/suite", watchers=3, seconds=2.5, writers=1)
    assert len(taken.taken) == 3
    assert set(answers) <= {200, 204, 303}
    assert answers[303] >= 1


def test_a_long_log_and_a_short_one_are_opened() -> None:
    found = crisis.opening(large=60, small=2, rounds=1)
    assert set(found) == {"the logbook", "its second page", "a search", "the crisis"}
