from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.stock.rules import StockState, expiry_state, holding, last_count
from crisis_plan.anticipation.stock.typed import parse_expiry, parse_quantity

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Batch:
    quantity: int
    expires_on: date | None = None
    counted_on: date | None = None


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("01/2030", date(2030, 1, 31)),
        ("02/2028", date(2028, 2, 29)),
        (" 2/2027 ", date(2027, 2, 28)),
        ("31/12/2027", date(2027, 12, 31)),
        ("31/12/27", date(2027, 12, 31)),
        ("2027-12-31", date(2027, 12, 31)),
        ("janv-30", date(2030, 1, 31)),
        ("août-28", date(2028, 8, 31)),
        ("déc. 2027", date(2027, 12, 31)),
    ],
)
def test_an_expiry_is_read_as_french_people_and_their_excel_write_it(typed: str, read: date) -> None:
    assert parse_expiry(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "31/02/2027", "13/2027", "00/2027", "bientôt", "01/0000", "9999-12-31", "xyz-30"]
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert parse_expiry(typed) is None


@given(st.text(max_size=30))
def test_nothing_that_is_typed_as_an_expiry_or_a_quantity_breaks(typed: str) -> None:
    parse_expiry(typed)
    parse_quantity(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1 200", 1200), ("1\u202f200", 1200), ("0", 0), ("-3", -3), ("12,5", None), ("douze", None), ("", None)],
)
def test_a_quantity_is_a_whole_number(typed: str, read: int | None) -> None:
    assert parse_quantity(typed) == read


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, StockState.EXPIRED),
        (0, StockState.EXPIRES_IN_30_DAYS),
        (30, StockState.EXPIRES_IN_30_DAYS),
        (31, StockState.EXPIRES_IN_90_DAYS),
        (90, StockState.EXPIRES_IN_90_DAYS),
        (91, None),
    ],
)
def test_a_batch_is_good_until_the_end_of_its_last_day(days: int, state: StockState | None) -> None:
    assert expiry_state(Batch(5, in_days(days)), TODAY) is state


def test_an_empty_batch_has_nothing_left_to_expire() -> None:
    assert expiry_state(Batch(0, in_days(-1)), TODAY) is None


def test_expired_batches_count_in_the_total_but_not_against_the_threshold() -> None:
    held = holding([Batch(15, in_days(-200)), Batch(10, in_days(400))], 20, TODAY)
    assert (held.total, held.expired, held.usable) == (25, 15, 10)
    assert held.states == (StockState.EXPIRED, StockState.SHORT)
    assert held.next_expiry == in_days(400)


def test_exactly_the_threshold_is_enough() -> None:
    assert holding([Batch(20)], 20, TODAY).states == (StockState.SUFFICIENT,)
    assert holding([Batch(19)], 20, TODAY).states == (StockState.SHORT,)


def test_without_a_threshold_nothing_is_short() -> None:
    assert holding([], None, TODAY).states == (StockState.SUFFICIENT,)
    assert holding([], 0, TODAY).states == (StockState.SUFFICIENT,)
    assert holding([], 1, TODAY).states == (StockState.SHORT,)


def test_enough_stays_enough_when_something_is_to_be_removed() -> None:
    batches = [Batch(60), Batch(15, in_days(-1))]
    assert [label for label, _ in holding(batches, 20, TODAY).said] == ["Suffisant", "15\u00a0périmés à retirer"]
    assert [label for label, _ in holding(batches, 80, TODAY).said] == ["15\u00a0périmés à retirer", "Sous le seuil"]
    assert [label for label, _ in holding(batches[1:], None, TODAY).said] == ["Périmé"]


def test_the_last_count_of_an_item_is_that_of_the_batch_that_waited_longest() -> None:
    old, lately = Batch(3, counted_on=in_days(-200)), Batch(5, counted_on=in_days(-10))
    assert last_count([old, lately]) == in_days(-200)
    assert last_count([old, lately, Batch(1)]) is None
    assert last_count([lately, Batch(0), Batch(0, counted_on=in_days(-400))]) == in_days(-10)
    assert last_count([Batch(0, counted_on=TODAY)]) is None
    assert last_count([]) is None
