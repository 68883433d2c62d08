"""Every page of the demonstration in a real browser: accessible to all, and fit for the narrowest telephone.

The list of pages comes from following links: a page that does not exist yet is already covered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.crawl import PEOPLE, Visit, browser_of, walk
from tests.journeys.conftest import DESK, HEIGHT, People

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


@dataclass(frozen=True)
class Look:
    """What is seen of a screen: at a desk, and on the narrowest telephone."""

    screen: Screen
    violations: list[dict[str, Any]]
    width: int


@pytest.fixture(scope="module")
def screens(site: Flask) -> list[Screen]:
    """Each page once, although several people see it."""
    found: dict[object, Screen] = {}
    with site.app_context():
        for person in PEOPLE:
            for visit in walk(browser_of(site, person), most=1, files=False).pages:
                if visit.page.status == 200:  # a poller that has nothing new to say is no screen
                    found.setdefault(shape(visit), Screen(person, visit.address))
    return list(found.values())


def shape(visit: Visit) -> object:
    """What a page is made of, whatever it says."""
    return visit.endpoint, frozenset(
        (tag.name, tuple(tag.get("class") or ()), tag.get("role")) for tag in visit.page.html.find_all(True)
    )


@pytest.fixture(scope="module")
def looks(everyone: People, screens: list[Screen]) -> list[Look]:
    """Each screen, opened once in one browser a person, then made narrow: the styles alone decide on the width."""
    pages: dict[str, Page] = {}
    found = []
    for screen in screens:
        page = pages.get(screen.person) or pages.setdefault(screen.person, everyone.open(screen.person, width=DESK))
        page.goto(screen.address)
        violations = Axe().run(page, options=RULES).response["violations"]
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        found.append(Look(screen, violations, page.evaluate("document.documentElement.scrollWidth")))
        page.set_viewport_size({"width": DESK, "height": HEIGHT})
    assert everyone.close() == []
    return found


def test_axe_finds_nothing_on_any_page(looks: list[Look]) -> None:
    found = []
    for look in looks:
        for violation in look.violations:
            nodes = " | ".join(node["html"][:160] for node in violation["nodes"][:3])
            where = f"{look.screen.person} {look.screen.address}"
            found.append(f"{where}: {violation['id']} – {violation['help']}: {nodes}")
    assert found == []


def test_no_page_scrolls_sideways_on_the_narrowest_telephone(looks: list[Look]) -> None:
    wide = [look for look in looks if look.width > NARROWEST]
    assert [f"{look.screen.person} {look.screen.address}: {look.width} px" for look in wide] == []
