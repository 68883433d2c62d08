"""The measures of the debrief run; what they measure is judged by people, never by a test."""

from __future__ import annotations

from benchmarks import debrief


def test_the_debrief_of_a_long_log_and_of_a_short_one_are_counted_and_opened() -> None:
    counted = debrief.counting(large=60, small=2, rounds=1)
    assert set(counted) == {"every figure", "the figures, the description and the time line"}
    assert set(debrief.opening(large=60, small=2, rounds=1)) == set(debrief.PAGES)
