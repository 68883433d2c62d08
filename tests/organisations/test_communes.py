"""The table of communes is whole, right and quick."""

from __future__ import annotations

import re

import pytest

from crisis_plan.organisations import communes
from crisis_plan.organisations.time_zones import LABELS, proposed_time_zone


def test_a_commune_is_found_by_its_code():
    uzes = communes.commune("30334")
    assert uzes == communes.Commune("30334", "Uzès", "30700", 8519, "30")


@pytest.mark.parametrize(
    ("code", "name", "departement", "region"),
    [
        ("75056", "Paris", "75", "Île-de-France"),
        ("2A004", "Ajaccio", "2A", "Corse"),
        ("2B033", "Bastia", "2B", "Corse"),
        ("97411", "Saint-Denis", "974", "La Réunion"),
        ("97608", "Dzaoudzi", "976", "Mayotte"),
        ("97502", "Saint-Pierre", "975", "Saint-Pierre-et-Miquelon"),
    ],
)
def test_corsica_and_overseas_are_there(code, name, departement, region):
    found = communes.commune(code)
    assert (found.name, found.departement) == (name, departement)
    assert communes.region(communes.departement(departement).region).name == region


def test_an_unknown_code_is_no_commune():
    assert communes.commune("99999") is None
    assert communes.of_departement("99") == []


def test_every_commune_has_a_code_a_known_departement_and_a_plain_name():
    everything = [one for departement in communes.departements() for one in communes.of_departement(departement.code)]
    assert len(everything) == 35_014
    assert all(re.fullmatch(r"[0-9]{5}|2[AB][0-9]{3}", one.code) for one in everything)
    assert all(one.name == one.name.strip() and one.name and "'" not in one.name for one in everything)
    assert sum(one.inhabitants for one in everything if not one.part_of) == 68_952_941
    assert sum(one.inhabitants == 0 for one in everything) == 12


def test_a_city_is_its_arrondissements():
    for city, count in (("75056", 20), ("69123", 9), ("13055", 16)):
        whole = communes.commune(city)
        parts = [one for one in communes.of_departement(whole.departement) if one.part_of == city]
        assert len(parts) == count
        assert sum(one.inhabitants for one in parts) == whole.inhabitants


def test_inhabitants_are_added_once():
    assert communes.inhabitants(["30334", "30334", "99999"]) == 8519
    assert communes.inhabitants(["75056", "75101"]) == communes.commune("75056").inhabitants
    assert communes.inhabitants([]) == 0


@pytest.mark.parametrize("text", ["uzès", "UZES", "uz 30700", "30334"])
def test_a_search_finds_by_name_postal_code_and_insee_code(text):
    assert "Uzès" in [one.name for one in communes.search(text)]


def test_a_search_understands_st_for_saint_and_nothing_finds_nothing():
    assert communes.commune("97411") in communes.search("st denis 97400")
    assert communes.search("  ") == []
    assert len(communes.search("a", most=7)) == 7


def test_the_communes_of_a_departement_are_in_the_order_of_their_names():
    names = [one.name for one in communes.of_departement("30")]
    assert len(names) == 350
    assert names[0] == "Aigaliers"
    assert names.index("Les Angles") > names.index("Lédenon")


def test_the_time_zone_follows_the_departement():
    assert proposed_time_zone("30") == "Europe/Paris"
    assert proposed_time_zone("2A") == "Europe/Paris"
    assert proposed_time_zone("974") == "Indian/Reunion"
    assert proposed_time_zone("975") == "America/Miquelon"
    assert {proposed_time_zone(one.code) for one in communes.departements()} == set(LABELS)
