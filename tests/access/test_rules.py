"""Delays that grow and are forgotten; passwords that are not one's own name."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.access.rules import FORGOTTEN_AFTER, LONGEST_DELAY, delay_after, password_weakness, wait_left
from tests.factories import NOON


def test_the_first_failures_cost_nothing() -> None:
    assert [delay_after(failures) for failures in range(5)] == [timedelta(0)] * 5


@given(st.integers(min_value=0, max_value=10_000))
def test_the_delay_grows_and_never_exceeds_a_quarter_of_an_hour(failures: int) -> None:
    assert delay_after(failures) <= delay_after(failures + 1) <= LONGEST_DELAY


def test_the_wait_shrinks_as_time_passes() -> None:
    assert wait_left(6, NOON, NOON) == timedelta(seconds=10)
    assert wait_left(6, NOON, NOON + timedelta(seconds=4)) == timedelta(seconds=6)
    assert wait_left(6, NOON, NOON + timedelta(seconds=11)) == timedelta(0)


def test_old_failures_are_forgotten() -> None:
    assert wait_left(400, NOON, NOON + FORGOTTEN_AFTER + timedelta(seconds=1)) == timedelta(0)


@pytest.mark.parametrize(
    "password", ["court", "camille.durand@exemple.fr", "aaaaaaaaaaaaaaaa", "durand durand", "x" * 201]
)
def test_a_weak_password_is_refused_with_a_reason(password: str) -> None:
    assert password_weakness(password, email="camille.durand@exemple.fr", name="Camille Durand")


def test_a_phrase_is_a_password() -> None:
    assert password_weakness("marée haute lanterne", email="camille@exemple.fr", name="Camille Durand") == ""
