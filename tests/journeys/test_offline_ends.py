"""What stops being kept on a device: a crisis that is closed, a right that is gone, a page that nobody opens any more."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.access import operations as access
from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Role
from crisis_plan.access.queries import account_by_email
from crisis_plan.access.routes import DEMO_PASSWORD
from crisis_plan.db import db, writing
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.rules import Part
from tests.journeys.conftest import CELL_MEMBER, REFERENT, TELEPHONE, UZEGE, People, sign_in
from tests.journeys.offline import (
    ROOMS,
    crisis_of,
    expect_draft,
    expect_nothing_waiting,
    expect_waiting,
    kept_since,
    logged,
    note,
    open_kept,
    outbox,
    rows,
)
from tests.journeys.test_offline import accessible

OpenAs = Callable[..., Page]
NOT_KEPT = "Cette page n’est pas gardée sur cet appareil"
KEPT_HERE = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("kept:"));
  const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
  return kept.flat();
}"""
AGE = """async ([path, days]) => {
  const [name] = (await caches.keys()).filter((name) => name.startsWith("kept:"));
  const cache = await caches.open(name);
  const page = await cache.match(path, { ignoreVary: true });
  const headers = new Headers(page.headers);
  headers.set("X-Kept-At", new Date(Date.now() - days * 24 * 3600 * 1000).toISOString());
  await cache.put(path, new Response(await page.text(), { headers }));
}"""


def kept(page: Page) -> set[str]:
    """The paths of the pages that this device keeps."""
    return set(page.evaluate(KEPT_HERE))


def expect_kept(page: Page, paths: set[str]) -> None:
    """This device comes to keep these pages and no others."""
    for _ in range(100):
        if kept(page) == paths:
            return
        page.wait_for_timeout(100)
    assert kept(page) == paths


def close(site: Flask, title: str) -> None:
    """Stand this crisis down and close its logbook."""
    with site.test_request_context(base_url=site.config["PUBLIC_ADDRESS"]), writing():
        crisis = db.session.scalars(sa.select(Crisis).where(Crisis.title == title)).one()
        by, at = account_by_email(REFERENT), clock.now()
        closing.stand_down(crisis, StandDown("Direction", "Plus de blessés"), by=by, at=at)
        closing.close(crisis, reason="Tout est repris ailleurs", by=by, at=at)
        db.session.commit()


def test_what_was_typed_without_network_reaches_the_annex_of_a_log_closed_meanwhile(
    site: Flask, open_as: OpenAs
) -> None:
    address = crisis_of(site, "Close entre-temps")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, address, ROOMS)
    page.context.set_offline(True)
    note(page, "Typé avant la clôture")
    expect_waiting(page, 1)
    close(site, "Close entre-temps")
    page.context.set_offline(False)
    expect(rows(page)).to_have_count(0)
    expect(outbox(page)).to_contain_text("ce fait est gardé dans son annexe scellée")
    expect(outbox(page).get_by_role("heading")).to_have_text("Envoyé")
    accessible(page, "said where it went")
    assert page.evaluate("window.outbox.count()") == 0
    entry = logged(site, "Close entre-temps")[-1]
    assert (entry.part, entry.said.text) == (Part.ANNEX, "Typé avant la clôture")
    assert entry.device_at is not None
    page.reload()
    expect(page.locator("#annexe-1")).to_contain_text("Typé avant la clôture")
    expect_nothing_waiting(page)


def test_what_is_sent_to_a_closed_log_says_so_without_the_queue_too(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Close, sans mémoire")
    page = open_as(REFERENT)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.goto(address)
    close(site, "Close, sans mémoire")
    note(page, "Parti trop tard")
    expect(page.locator("#nouvelle-entree")).to_have_text(
        "Le journal a été clos entre-temps\u00a0: ce fait est gardé dans son annexe scellée."
    )
    assert [one.part for one in logged(site, "Close, sans mémoire")].count(Part.ANNEX) == 1


def test_a_device_that_opens_a_closed_crisis_keeps_nothing_of_it(site: Flask, open_as: OpenAs) -> None:
    """What it had kept of it goes, and what another crisis still names stays."""
    closed, other = crisis_of(site, "Bientôt close"), crisis_of(site, "Encore ouverte")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, closed)
    open_kept(page, other)
    before = kept(page)
    ours = {path for path in before if closed.removesuffix("journal/") in path}
    assert len(ours) > 4
    close(site, "Bientôt close")
    page.goto(closed)
    expect_kept(page, before - ours)
    page.goto(closed.replace("/journal/", "/appareils/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lisible sans réseau")
    expect(page.get_by_text("La crise est close : cet appareil ne garde plus ses pages.")).to_be_visible()
    assert page.locator("a[data-keep]").count() == 0
    accessible(page, "nothing kept of a closed crisis")
    page.context.set_offline(True)
    page.goto(closed)
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_KEPT)


def test_a_new_device_downloads_nothing_of_a_closed_crisis(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Close depuis longtemps")
    close(site, "Close depuis longtemps")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    page.goto(address)
    expect(page.locator("#entrees .entry").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
    assert kept(page) == set()


def newcomer(site: Flask) -> str:
    """Someone who joins the cell for this journey alone; returns their e-mail address."""
    email = "de-passage@demo.example"
    with site.app_context(), writing():
        crisis = db.session.scalars(sa.select(Crisis).where(Crisis.title == "Exclu")).one()
        account = access.open_account(email=email, name="Sacha Brun", password=DEMO_PASSWORD, at=clock.now())
        member = Membership(account_id=account.id, cpts_id=crisis.cpts_id, role=Role.CELL_MEMBER, added_at=clock.now())
        db.session.add(member)
        db.session.commit()
    return email


def test_who_is_no_longer_of_the_cell_reads_nothing_more(site: Flask, people: People) -> None:
    address = crisis_of(site, "Exclu")
    email = newcomer(site)
    page = people.open(width=TELEPHONE)
    sign_in(page, email)
    open_kept(page, address)
    pocket = address.replace("/journal/", "/appareils/annuaire-de-poche")
    assert pocket in kept(page)
    with site.app_context(), writing():
        (member,) = account_by_email(email).memberships
        access.revoke_membership(member, by=account_by_email(REFERENT), at=clock.now())
        db.session.commit()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    expect_kept(page, set())
    page.context.set_offline(True)
    page.goto(pocket)
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_KEPT)
    assert page.locator("a[href^='tel:']").count() == 0


def test_any_page_asks_again_for_what_is_kept_and_forgets_what_is_two_weeks_old(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Oubliée")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, address)
    everything, pocket = kept(page), address.replace("/journal/", "/appareils/annuaire-de-poche")
    page.evaluate(AGE, [pocket, 15])
    page.goto(f"{UZEGE}/stock/")
    expect_kept(page, everything - {pocket})
    close(site, "Oubliée")
    page.evaluate(AGE, [address.replace("/journal/", "/appareils/"), 1])
    page.goto(f"{UZEGE}/stock/")
    expect_kept(page, set())


def test_a_copy_kept_proves_nothing_of_a_draft(site: Flask, open_as: OpenAs) -> None:
    """The page that said « enregistré » once says so again from the device: what was never saved is not forgotten for it."""
    address = crisis_of(site, "Brouillon gardé")
    room = address.removesuffix("journal/")
    page = open_as(REFERENT)
    open_kept(page, address)
    page.goto(f"{room}plume")
    page.get_by_label("À qui").select_option(index=1)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main [data-flash]")).to_be_visible()
    page.goto(f"{room}besoins/")
    page.locator("textarea[data-draft]").first.fill("Un long besoin")
    expect_draft(page, "Un long besoin")
    page.route("**/besoins/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Noter ce besoin").click()
    page.context.set_offline(True)
    page.goto(room)
    expect(kept_since(page)).to_be_visible()
    expect(page.locator("[data-flash]")).to_have_count(0)
    page.context.set_offline(False)
    page.unroute("**/besoins/")
    page.goto(f"{room}besoins/")
    page.get_by_role("button", name="Reprendre ce brouillon").first.click()
    expect(page.locator("textarea[data-draft]").first).to_have_value("Un long besoin")
