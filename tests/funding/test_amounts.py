"""Amounts as they are typed and as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.funding.euro_field import UNREADABLE, cents_of
from crisis_plan.web.formats import euros


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (3_750_000, "37\u202f500\u00a0€"),
        (375_050, "3\u202f750,50\u00a0€"),
        (0, "0\u00a0€"),
        (5, "0,05\u00a0€"),
        (None, ""),
    ],
)
def test_an_amount_reads_in_french_with_cents_only_where_there_are_some(cents: int | None, said: str) -> None:
    assert euros(cents) == said


@given(st.integers(0, 10**10))
def test_what_is_read_can_be_typed_again(cents: int) -> None:
    assert cents_of(euros(cents)) == cents


@pytest.mark.parametrize("typed", ["", "€", "1,234", "-5", "1e3", "12€50", "²", "1.2.3", "9999999999"])
def test_what_is_no_amount_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(ValueError, match="Écrivez un montant en euros") as refused:
        cents_of(typed)
    assert str(refused.value) == UNREADABLE
