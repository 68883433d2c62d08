"""Numbers drawn as bars, each beside its number."""

from __future__ import annotations

import pytest

from crisis_plan.document.bars import bar_length, figure


@pytest.mark.parametrize(
    ("text", "number"),
    [("1\u202f200", 1200), ("45\u00a0%", 45), ("aucun", 0), ("", 0), ("٣", 0), ("9" * 30, 999_999_999)],
)
def test_the_number_of_a_cell_is_what_it_says(text, number):
    assert figure(text) == number


def test_the_largest_number_has_the_whole_length_and_the_others_their_share():
    column = ["10", "5", "0"]
    assert [bar_length(text, column) for text in column] == [1.0, 0.5, 0.0]


def test_nothing_is_drawn_where_every_number_is_nought():
    assert bar_length("0", ["0", "0"]) == 0.0
