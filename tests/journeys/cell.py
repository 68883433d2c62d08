"""What the journeys of a whole crisis have in common: three people at work at once, and what each must see of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from tests.journeys.test_every_screen import RULES
from tests.journeys.test_keyboard import tab_to

AT_ONCE = 4_000
"""Milliseconds: issue 5, how soon everyone sees what one did."""
TITLE = "Épisode cévenol sur l’Uzège"
BEGUN = "Je suis en train d’écrire"


@dataclass(frozen=True)
class Cell:
    """Who plays the crisis, each in a browser of their own."""

    referent: Page
    loggist: Page
    member: Page


def go(page: Page, room: str) -> None:
    """Open a room of the crisis by its menu."""
    page.get_by_role("navigation", name="Salle de crise").get_by_role("link", name=room, exact=True).click()
    expect(page.get_by_role("navigation", name="Salle de crise").locator("[aria-current]")).to_have_text(room)


def press(page: Page, words: str, then: str | re.Pattern[str]) -> None:
    """Reach by Tab what begins with these words, press Enter, and be on the page of this title."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(then)


def skip_to_content(page: Page) -> None:
    """By the first step of every page."""
    tab_to(page, "Aller au contenu")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def text(page: Page) -> Locator:
    """Where a fact is typed."""
    return page.get_by_label("Que se passe-t-il")


@contextmanager
def typing_meanwhile(*fields: Locator) -> Iterator[None]:
    """What these people have begun to type is not touched by what the others do, nor are they taken away from it."""
    for field in fields:
        field.fill(BEGUN)
    yield
    for field in fields:
        expect(field).to_have_value(BEGUN)
        expect(field).to_be_focused()
        field.fill("")


def seen(words: str, *pages: Page) -> None:
    """These people read it in the log without having asked."""
    for page in pages:
        expect(page.locator("#entrees")).to_contain_text(words, timeout=AT_ONCE)


def accessible(page: Page, state: str) -> None:
    """axe finds nothing, and nothing scrolls sideways."""
    assert Axe().run(page, options=RULES).response["violations"] == [], f"{state} {page.url}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{state} {page.url}"


def entry_of(page: Page, words: str) -> Locator:
    """The entry of the log that says it."""
    return page.locator("#entrees .entry").filter(has_text=words)


def last_of(site: Flask, title: str) -> LogbookEntry:
    """What seals the logbook of this crisis."""
    with site.app_context():
        query = sa.select(LogbookEntry).join(LogbookEntry.crisis).where(Crisis.title == title)
        found = db.session.scalars(query.order_by(LogbookEntry.number.desc()).limit(1)).one()
        db.session.expunge(found)
        return found


def mails_about(site: Flask, words: str) -> Sequence[OutboxMessage]:
    """What left by mail with this in its subject."""
    with site.app_context():
        found = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.subject.contains(words))).all()
        db.session.expunge_all()
        return found


def in_paris(later: timedelta) -> datetime:
    return clock.now().astimezone(ZoneInfo("Europe/Paris")) + later
