"""French typography, without touching what is not prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.document.typography import french


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'eau", "l’eau"),
        ("Quoi ?", "Quoi\u202f?"),
        ("Alerte!", "Alerte\u202f!"),
        ("un ; deux", "un\u202f; deux"),
        ("Lieu : la mairie", "Lieu\u00a0: la mairie"),
        ("Lieu: la mairie", "Lieu\u00a0: la mairie"),
        ("dit « oui » tout bas", "dit «\u00a0oui\u00a0» tout bas"),
        ("dit «oui»", "dit «\u00a0oui\u00a0»"),
        ("105 452 habitants", "105\u202f452 habitants"),
        ("1 234 567 €", "1\u202f234\u202f567 €"),
    ],
)
def test_marks_and_numbers_are_spaced_as_in_a_french_book(typed: str, printed: str) -> None:
    assert french(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "https://a.fr/?q=l'eau;b:c!",
        "jean.d'arc@exemple.fr",
        "à 10:30",
        "06 12 34 56 78",
        "mailto:a@b.fr?subject=x",
        "5'",
    ],
)
def test_addresses_times_and_telephones_stay_as_typed(typed: str) -> None:
    assert french(typed) == typed


@given(st.text("ab1 0'«»:;!?.\u00a0\u202f", max_size=30))
def test_twice_is_the_same_as_once(typed: str) -> None:
    assert french(french(typed)) == french(typed)
