"""Entries as a person cites them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.evaluation.room.citing import MOST_CITED, WrongCitation, as_typed, read
from crisis_plan.pilotage.logbook.rules import Part

NUMBERS = st.builds(Cited, st.sampled_from(Part), st.integers(1, 99_999))


@pytest.mark.parametrize(
    "typed", ["12, 14", "12 ; 14", "12 et 14", "n° 12, n°14", "12\n14", " 12 14 ", "12,,14,", "12, 14, 12"]
)
def test_numbers_are_read_as_people_write_them(typed: str) -> None:
    assert read(typed) == [Cited(Part.MAIN, 12), Cited(Part.MAIN, 14)]


def test_the_annex_has_numbers_of_its_own() -> None:
    assert read("3, annexe 3, Annexe n° 4") == [Cited(Part.MAIN, 3), Cited(Part.ANNEX, 3), Cited(Part.ANNEX, 4)]


@pytest.mark.parametrize("typed", ["douze", "12-14", "12, x", "annexe", "-3", "1.5", "9999999999"])
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(WrongCitation, match="n’est pas un numéro d’entrée"):
        read(typed)


def test_a_finding_does_not_cite_the_whole_log() -> None:
    with pytest.raises(WrongCitation, match="Citez au plus 50 entrées"):
        read(",".join(str(number) for number in range(1, MOST_CITED + 2)))


@given(st.lists(NUMBERS, unique=True, max_size=MOST_CITED))
def test_what_is_shown_reads_back_as_it_was(cited: list[Cited]) -> None:
    assert read(as_typed(cited)) == cited


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    found: list[Cited] = []
    with contextlib.suppress(WrongCitation):
        found = read(typed)
    assert len(set(found)) == len(found)
