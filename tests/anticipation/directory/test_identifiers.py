"""The key of an RPPS number, whatever the number (domain, section 11)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.directory.identifiers import is_rpps, national_id, rpps

ten_digits = st.text("0123456789", min_size=10, max_size=10)


def with_key(start: str) -> str:
    return next(start + key for key in "0123456789" if is_rpps(start + key))


@given(ten_digits)
def test_ten_digits_have_exactly_one_key(start: str) -> None:
    assert sum(is_rpps(start + key) for key in "0123456789") == 1


@given(ten_digits, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(start: str, rank: int, shift: int) -> None:
    number = with_key(start)
    wrong = number[:rank] + str((int(number[rank]) + shift) % 10) + number[rank + 1 :]
    assert not is_rpps(wrong)


@given(ten_digits)
def test_a_number_is_found_again_in_its_national_identifier(start: str) -> None:
    number = with_key(start)
    assert rpps(national_id(f" {number[:5]} {number[5:]} ")) == number
