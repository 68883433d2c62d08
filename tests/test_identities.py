from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.identities import looks_like_nir, names_a_person

NUMBERS = (
    "138053018912345",
    "Le patient 284053012345678 habite Uzès.",
    "2 84 05 30 123 456 78",
    "Mme Martin 1 38 05 30 189 123 45",
    "1.99.12.2A.004.117.35",
    "2.51.02.2a.004.089.12",
    "1\u00a070\u00a006\u00a02b\u00a0033\u00a0018\u00a042",
    "1\u202f70\u202f06\u202f2B\u202f033\u202f018\u202f42",
    "1-84-12-76-451-089-46",
    "1 84 12 76 451 089 / 46",
    "1 84 12 76 451 089 (46)",
    "2 84 20 30 123 456 78",
    "2 84 99 30 123 456 78",
    "7 84 05 97 123 456 78",
    "1 84 05 99 123 456 97",
)
BIRTHS = (
    "Jeanne Martin, née le 3 mars 1941",
    "Léa, née le 1er août 2015",
    "Paul, DDN 12/04/1950",
    "Paul, né le 3/4/40",
    "date de naissance : 3 mai 1940",
    "M. Durand 03/11/1938",
    "DURAND Paul (03.11.1938)",
    "Martin, 3 décembre 1941",
)
NEITHER = (
    "",
    "CCAS, en mairie ; hors ouverture 04 66 03 48 48",
    "13200 Arles 04 66 03 48 48",
    "13200 04 66 03 48 48",
    "04 66 03 48 48 / 06 39 98 00 00 ; 15",
    "+33 4 66 03 48 48, +33 6 39 98 00 01",
    "Appelez le 04 65 71 00 00 ou le 06 39 98 00 01.",
    "SIRET 123 456 782 00010",
    "FINESS 300780038 et RPPS 10003456789",
    "Le 12/11/2026 à 10:00, 105 452 habitants",
    "99284053012345678",
    "1 84 13 30 123 456 78",
    "1 84 05 00 123 456 78",
    "1 84 05 30 123 456 98",
    "3 84 05 2C 123 456 78",
    "Registre à jour au 01/06/2026, revu chaque année",
    "M. Durand, vu le 01/06/2026",
    "Élu d’astreinte, depuis 1995",
    "Arrêté du 03/11/1998",
    "Maternité : 12 lits, 3 nouveau-nés le 12/11/2026",
    "Vacciner les personnes nées avant 1980",
)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_social_security_number_is_recognised(text: str) -> None:
    assert looks_like_nir(text)
    assert names_a_person(text)


@pytest.mark.parametrize("text", BIRTHS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_birth_date_beside_a_name_is_recognised(text: str, form: str) -> None:
    typed = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert names_a_person(typed)
    assert not looks_like_nir(typed)


@pytest.mark.parametrize("text", NEITHER)
def test_places_telephones_and_days_of_a_check_are_neither(text: str) -> None:
    assert not looks_like_nir(text)
    assert not names_a_person(text)


@given(st.text(alphabet=st.characters(exclude_categories=["N"])))
def test_a_text_without_a_figure_names_nobody(text: str) -> None:
    assert not names_a_person(text)
