"""Sizes, identifiers, addresses."""

from __future__ import annotations

import pytest

from crisis_plan.organisations.rules import (
    Size,
    SizeReason,
    SizeStanding,
    computed_size,
    is_siret,
    is_slug,
    proposed_slug,
    size_standing,
)


@pytest.mark.parametrize(
    ("inhabitants", "size"),
    [
        (1, Size.T1),
        (39_999, Size.T1),
        (40_000, None),
        (40_001, Size.T2),
        (79_999, Size.T2),
        (80_000, None),
        (80_001, Size.T3),
        (105_452, Size.T3),
        (174_999, Size.T3),
        (175_000, None),
        (175_001, Size.T4),
    ],
)
def test_the_size_follows_the_inhabitants_and_a_bound_settles_nothing(inhabitants, size):
    assert computed_size(inhabitants) is size


def test_the_stated_size_wins_and_says_that_it_contradicts():
    standing = size_standing(stated=Size.T2, stated_inhabitants=None, of_communes=105_452)
    assert standing == SizeStanding(Size.T2, SizeReason.STATED, Size.T3)
    assert standing.is_contradicted


def test_the_stated_size_is_the_only_one_at_a_bound():
    assert size_standing(stated=Size.T3, stated_inhabitants=80_000, of_communes=1) == SizeStanding(
        Size.T3, SizeReason.STATED
    )
    assert size_standing(stated=None, stated_inhabitants=80_000, of_communes=1) == SizeStanding(None, SizeReason.SILENT)


def test_the_stated_inhabitants_win_over_those_of_the_communes():
    assert size_standing(stated=None, stated_inhabitants=39_000, of_communes=41_000) == SizeStanding(
        Size.T1, SizeReason.STATED_INHABITANTS, Size.T1
    )


def test_nothing_known_gives_no_size():
    assert size_standing(stated=None, stated_inhabitants=None, of_communes=0) == SizeStanding(None, SizeReason.UNKNOWN)


@pytest.mark.parametrize("siret", ["73282932000074", "35600000000048", "35600000012345"])
def test_a_siret_has_a_luhn_key_but_for_la_poste(siret):
    assert is_siret(siret)


@pytest.mark.parametrize("siret", ["73282932000075", "7328293200007", "732829320000744", "7328293200007A", ""])
def test_a_wrong_siret_is_refused(siret):
    assert not is_siret(siret)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("CPTS Uzège – Pont du Gard", "uzege-pont-du-gard"),
        ("Cœur d’Hérault", "coeur-d-herault"),
        ("CPTS", "cpts"),
        ("  ", ""),
        ("日本", ""),
        ("a" * 100, "a" * 80),
    ],
)
def test_a_name_gives_an_address(name, slug):
    assert proposed_slug(name) == slug
    assert is_slug(slug) is bool(slug)


@pytest.mark.parametrize("text", ["Uzege", "uzege--gard", "-uzege", "uzege-", "uzège", "uzege/gard", "a" * 81])
def test_an_address_is_kebab_case(text):
    assert not is_slug(text)
