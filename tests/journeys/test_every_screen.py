"""Every page of the demonstration in a real browser: accessible to all, and fit for the narrowest telephone.

The list of pages comes from following links: a page that does not exist yet is already covered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.crawl import PEOPLE, Visit, browser_of, walk
from tests.journeys.conftest import People

NARROWEST = 320
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


@dataclass(frozen=True)
class Screen:
    """A page to look at, and as whom."""

    person: str
    address: str


@pytest.fixture(scope="module")
def screens(site: Flask) -> list[Screen]:
    """Each page once, although several people see it."""
    found: dict[object, Screen] = {}
    with site.app_context():
        for person in PEOPLE:
            for visit in walk(browser_of(site, person), most=1).pages:
                found.setdefault(shape(visit), Screen(person, visit.address))
    return list(found.values())


def shape(visit: Visit) -> object:
    """What a page is made of, whatever it says."""
    return visit.endpoint, frozenset(
        (tag.name, tuple(tag.get("class") or ()), tag.get("role")) for tag in visit.page.html.find_all(True)
    )


def looked_at(people: People, screens: list[Screen], *, width: int) -> Iterator[tuple[Screen, Page]]:
    """Each screen, opened in one browser a person."""
    pages: dict[str, Page] = {}
    for screen in screens:
        page = pages.get(screen.person) or pages.setdefault(screen.person, people.open(screen.person, width=width))
        page.goto(screen.address)
        yield screen, page


def test_axe_finds_nothing_on_any_page(people: People, screens: list[Screen]) -> None:
    axe, found = Axe(), []
    for screen, page in looked_at(people, screens, width=1280):
        for violation in axe.run(page, options=RULES).response["violations"]:
            nodes = " | ".join(node["html"][:160] for node in violation["nodes"][:3])
            found.append(f"{screen.person} {screen.address}: {violation['id']} – {violation['help']}: {nodes}")
    assert found == []


def test_no_page_scrolls_sideways_on_the_narrowest_telephone(people: People, screens: list[Screen]) -> None:
    wide = []
    for screen, page in looked_at(people, screens, width=NARROWEST):
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROWEST:
            wide.append(f"{screen.person} {screen.address}: {width} px")
    assert wide == []
