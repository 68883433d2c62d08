"""What the journeys without network have in common: a crisis, a device that keeps its pages, and its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect

from crisis_plan import clock
from crisis_plan.access.queries import account_by_email
from crisis_plan.db import db, writing
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from tests.journeys.conftest import REFERENT, UZEGE
from tests.pilotage.crises.factories import a_crisis

TWO_HOURS = timedelta(hours=2)
KEPT = """async (part) => {
  if (!navigator.serviceWorker.controller) return false;
  const names = (await caches.keys()).filter((name) => name.startsWith("kept:"));
  window.listed ??= new DOMParser().parseFromString(await (await fetch(document.querySelector("[data-keep]").dataset.keep)).text(), "text/html");
  const list = [...window.listed.querySelectorAll(`${part} a[data-keep]`)];
  const kept = names.length ? (await (await caches.open(names[0])).keys()).map(({ url }) => url) : [];
  return list.length > 0 && list.every(({ href }) => kept.includes(new URL(href, location.href).href));
}"""
LEFT = """async () => ({
  pages: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
DRAFTED = (
    "(words) => Object.entries(localStorage).some(([key, kept]) => key.startsWith('draft:') && kept.includes(words))"
)
EVERYTHING, ROOMS = "main", "section:has([data-keep]):not(section:has([data-keep]) ~ section)"
"""Parts of the list of what a device keeps: all, or the pages of the crisis itself, which come first."""
NOTHING = {"pages": [], "databases": [], "local": [], "session": [], "workers": 0}


def crisis_of(site: Flask, title: str) -> str:
    """Open a crisis for this journey alone, three hours ago; returns the address of its logbook."""
    with site.app_context(), writing():
        cpts = db.session.scalars(sa.select(Cpts).where(Cpts.slug == UZEGE.rpartition("/")[2])).one()
        found = a_crisis(cpts, account_by_email(REFERENT), title=title, at=clock.now() - timedelta(hours=3))
        db.session.commit()
        return f"{UZEGE}/crises/{found.id}/journal/"


def logged(site: Flask, title: str) -> list[LogbookEntry]:
    """The logbook of this crisis, in order."""
    with site.app_context():
        query = sa.select(LogbookEntry).join(LogbookEntry.crisis).where(Crisis.title == title)
        found = db.session.scalars(query.order_by(LogbookEntry.part.desc(), LogbookEntry.number)).all()
        for one in found:
            assert one.said.text
        db.session.expunge_all()
        return list(found)


def texts(entries: Sequence[LogbookEntry]) -> list[str]:
    return [one.said.text for one in entries]


def open_kept(page: Page, address: str, part: str = EVERYTHING) -> None:
    """Open this page with the network, until this device keeps what this part of its list names."""
    page.goto(address)
    for _ in range(150):
        if page.evaluate(KEPT, part):
            return
        page.wait_for_timeout(100)
    raise AssertionError("this device does not keep what the list names")


def reopened(page: Page, address: str) -> Page:
    """The page closed, and opened again in the same browser."""
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    return again


def note(page: Page, words: str) -> None:
    """Write a fact and send it, as one does with this screen."""
    page.get_by_label("Que se passe-t-il").fill(words)
    page.get_by_role("button", name="Noter", exact=True).click()


def outbox(page: Page) -> Locator:
    return page.locator("#envois")


def rows(page: Page) -> Locator:
    return outbox(page).locator(".outbox-row")


def expect_draft(page: Page, words: str) -> None:
    """This device keeps these words, which nobody sent."""
    for _ in range(100):
        if page.evaluate(DRAFTED, words):
            return
        page.wait_for_timeout(50)
    raise AssertionError("this device does not keep what is being written")


def look_again(page: Page) -> None:
    """Come back to this page: what waits is tried at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def expect_waiting(page: Page, count: int) -> None:
    expect(outbox(page).get_by_role("heading")).to_have_text(f"En attente ({count})")
    expect(rows(page)).to_have_count(count)


def expect_nothing_waiting(page: Page) -> None:
    expect(outbox(page)).to_be_hidden()
    expect(rows(page)).to_have_count(0)


def set_clock(context: BrowserContext, at: datetime) -> None:
    """What the clock of this device shows, whatever the server's does."""
    context.clock.set_fixed_time(at)


def kept_since(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"^Hors connexion\s: page gardée le \d+ \w+ \d{4} à \d\d:\d\d\.$"))
