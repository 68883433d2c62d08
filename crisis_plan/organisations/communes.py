"""The communes of France, their inhabitants, and the départements and régions that they are in.

Read once from the tables in `data/`, at first use. Paris, Lyon and Marseille are there whole and by
*arrondissement*, since a CPTS covers one or a few of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from crisis_plan.folding import folded

TABLES = Path(__file__).parent / "data"
SHORT_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class Region(NamedTuple):
    code: str
    name: str


class Departement(NamedTuple):
    code: str
    name: str
    region: str


class Commune(NamedTuple):
    """A commune by its INSEE code, or an arrondissement of one (`part_of`)."""

    code: str
    name: str
    postal_codes: str
    inhabitants: int
    departement: str
    part_of: str = ""


def commune(code: str) -> Commune | None:
    return _communes().get(code)


def communes(codes: Collection[str]) -> list[Commune]:
    """The communes that these codes name, in the order of their names; a code that no longer exists is left out."""
    known = _communes()
    return sorted((known[code] for code in set(codes) if code in known), key=_by_name)


def of_departement(code: str) -> list[Commune]:
    """The communes of a département, in the order of their names."""
    return sorted(_by_departement().get(code, ()), key=_by_name)


def matching(text: str, among: Sequence[Commune]) -> list[Commune]:
    """Those whose name, postal code or INSEE code has words that begin like each word of this text."""
    starts, searched = _starts_of_words(text), _search_texts()
    return [one for one in among if all(start in searched[one.code] for start in starts)]


def search(text: str, *, most: int = 50) -> list[Commune]:
    """The first communes of the country that match."""
    starts = _starts_of_words(text)
    if not starts:
        return []
    found = (code for code, searched in _search_texts().items() if all(start in searched for start in starts))
    return [_communes()[code] for code in islice(found, most)]


def inhabitants(codes: Collection[str]) -> int:
    """How many people live there; an arrondissement is not counted again beside the whole commune."""
    chosen = set(codes)
    known = _communes()
    return sum(known[code].inhabitants for code in chosen if code in known and known[code].part_of not in chosen)


def regions() -> Sequence[Region]:
    """The régions, in the order of their names."""
    return sorted(_regions().values(), key=lambda region: folded(region.name))


def region(code: str) -> Region | None:
    return _regions().get(code)


def departements(region: str = "") -> Sequence[Departement]:
    """The départements of a région, or all of them, by number."""
    return [one for one in _departements().values() if region in ("", one.region)]


def departements_of(region: str) -> frozenset[str]:
    """The numbers of the départements that make a région."""
    return frozenset(one.code for one in departements(region or "-"))


def departement(code: str) -> Departement | None:
    return _departements().get(code)


def departement_names(codes: Collection[str]) -> str:
    """« Gard (30), Ardèche (07) », in the order given."""
    known = _departements()
    return ", ".join(f"{known[code].name} ({code})" if code in known else code for code in codes)


def _by_name(one: Commune) -> str:
    return folded(one.name)


def _starts_of_words(text: str) -> list[str]:
    return [f" {SHORT_WORDS.get(word, word)}" for word in folded(text).split()]


@cache
def _communes() -> dict[str, Commune]:
    names: dict[str, str] = {}
    return {
        code: Commune(code, name, postal, int(count), names.setdefault(place, place), whole)
        for code, name, postal, count, place, whole in _lines("communes")
    }


@cache
def _by_departement() -> dict[str, list[Commune]]:
    places: dict[str, list[Commune]] = {}
    for one in _communes().values():
        places.setdefault(one.departement, []).append(one)
    return places


@cache
def _search_texts() -> dict[str, str]:
    return {one.code: f" {folded(one.name)} {one.postal_codes} {one.code.casefold()}" for one in _communes().values()}


@cache
def _regions() -> dict[str, Region]:
    return {code: Region(code, name) for code, name in _lines("regions")}


@cache
def _departements() -> dict[str, Departement]:
    return {code: Departement(code, name, region) for code, name, region in _lines("departements")}


def _lines(table: str) -> Iterator[list[str]]:
    """The lines of a table after its headings; no value in them holds a separator or a quote."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split(";")
