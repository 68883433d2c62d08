"""Amounts as they are typed and as they are read."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.funding.euro_field import MOST_EUROS, TOO_MUCH, UNREADABLE, cents_of
from crisis_plan.funding.rate_forms import RateSetForm
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


@given(st.integers(0, MOST_EUROS * 100))
def test_what_is_read_can_be_typed_again(cents: int) -> None:
    assert cents_of(euros(cents)) == cents


@pytest.mark.parametrize("typed", ["", "€", "1,234", "-5", "1e3", "12€50", "²", "1.2.3", "9999999999"])
def test_what_is_no_amount_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(ValueError, match="Écrivez un montant en euros") as refused:
        cents_of(typed)
    assert str(refused.value) == UNREADABLE


@pytest.mark.parametrize("typed", ["10 000 000,01", "10000001", "999 999 999,99"])
def test_an_amount_that_no_line_pays_is_refused_before_the_database_overflows(typed: str) -> None:
    with pytest.raises(ValueError, match="ne dépasse pas 10\u202f000\u202f000") as refused:
        cents_of(typed)
    assert str(refused.value) == TOO_MUCH
    assert cents_of("10 000 000") <= 2**31 - 1


def test_an_amount_of_the_rates_stays_within_the_database_even_with_its_majoration(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"update_1": "10000001", "update_2": "10000000"}):
        form = RateSetForm()
        form.validate()
        assert form.update_1.errors == ["Un montant plus grand que zéro, de 10\u202f000\u202f000\u00a0€ au plus."]
        assert not form.update_2.errors
    assert 2 * MOST_EUROS * 100 <= 2**31 - 1
