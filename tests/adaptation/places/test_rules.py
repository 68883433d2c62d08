from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.places.descriptions import PlaceDescription, Unnamed, folded_name
from crisis_plan.adaptation.places.rules import CheckState, check_state, checks_due

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Seen:
    checked_on: date | None


@pytest.mark.parametrize(
    ("checked_on", "today", "state"),
    [
        (None, TODAY, CheckState.NEVER),
        (TODAY, TODAY, CheckState.CHECKED),
        (date(2025, 11, 22), TODAY, CheckState.CHECKED),
        (date(2025, 11, 21), TODAY, CheckState.STALE),
        (date(2027, 2, 28), date(2028, 2, 29), CheckState.CHECKED),
        (date(2027, 2, 27), date(2028, 2, 29), CheckState.STALE),
    ],
)
def test_a_check_is_good_for_twelve_months(checked_on: date | None, today: date, state: CheckState) -> None:
    assert check_state(checked_on, today) is state


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 365))
def test_what_was_checked_less_than_a_year_ago_is_never_to_be_seen_again(today: date, days: int) -> None:
    state = check_state(today - timedelta(days=days), today)
    assert state is CheckState.CHECKED or days == 365


def test_what_there_is_to_check_is_a_sentence() -> None:
    fresh, never, old = Seen(TODAY), Seen(None), Seen(date(2020, 1, 1))
    assert checks_due([], TODAY) == ""
    assert checks_due([fresh], TODAY) == ""
    assert checks_due([fresh, never], TODAY).replace("\u00a0", " ") == (
        "1 lieu mobilisable n’a pas été vérifié depuis 12 mois."
    )
    assert checks_due([old, never], TODAY).replace("\u00a0", " ") == (
        "2 lieux mobilisables n’ont pas été vérifiés depuis 12 mois."
    )


def test_a_name_is_one_place_in_a_commune() -> None:
    assert folded_name("Salle des Fêtes", "Uzès") == folded_name("salle des fetes", "UZES")
    assert folded_name("Salle des fêtes", "Uzès") != folded_name("Salle des fêtes", "Remoulins")
    with pytest.raises(Unnamed):
        _ = PlaceDescription(name="…", commune="Uzès").stored
