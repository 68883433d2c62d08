"""The network goes, people go on writing; it comes back, and everything is there, once, in order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, Route, expect

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import OFFLINE_REASON
from tests.journeys.conftest import CELL_MEMBER, REFERENT, TELEPHONE
from tests.journeys.offline import (
    ROOMS,
    TWO_HOURS,
    crisis_of,
    expect_nothing_waiting,
    expect_waiting,
    kept_since,
    logged,
    look_again,
    note,
    open_kept,
    outbox,
    reopened,
    rows,
    set_clock,
    texts,
)
from tests.journeys.test_every_screen import RULES

OpenAs = Callable[..., Page]


def accessible(page: Page, step: str) -> None:
    assert Axe().run(page, options=RULES).response["violations"] == [], step


def test_twenty_entries_of_two_devices_arrive_once_and_in_order(site: Flask, open_as: OpenAs) -> None:
    """The network is cut, the pages are closed and opened again; it comes back two hours later by the devices' clocks."""
    address = crisis_of(site, "Vingt saisies")
    mine, theirs = open_as(REFERENT), open_as(CELL_MEMBER, width=TELEPHONE)
    written: dict[Page, list[str]] = {mine: [], theirs: []}
    for page in written:
        open_kept(page, address, ROOMS)
        page.context.set_offline(True)
    for rank, page in itertools.product(range(10), written):
        set_clock(page.context, clock.now() - TWO_HOURS + timedelta(minutes=rank))
        words = f"{'Bureau' if page is mine else 'Terrain'}, fait {rank + 1}"
        note(page, words)
        written[page].append(words)
        expect_waiting(page, rank + 1)
    accessible(mine, "ten wait")

    again = {reopened(page, address): words for page, words in written.items()}
    for page, words in again.items():
        expect(kept_since(page)).to_be_visible()
        expect_waiting(page, 10)
        expect(rows(page).locator(".typed")).to_have_text(words)
        expect(outbox(page)).to_contain_text("Pas de réseau")
    accessible(page, "opened again without network")
    assert logged(site, "Vingt saisies") == []

    for page in again:
        set_clock(page.context, clock.now())
        page.context.set_offline(False)
    for page in again:
        expect_nothing_waiting(page)
    entries = logged(site, "Vingt saisies")
    assert [one.number for one in entries] == list(range(1, 21))
    for page, words in again.items():
        assert [one.said.text for one in entries if one.author_name == name_on(page)] == words
    assert len({one.client_key for one in entries}) == 20
    for one in entries:
        assert one.device_at is not None
        assert one.happened_at == one.device_at
        assert TWO_HOURS - timedelta(minutes=11) < one.entered_at - one.device_at < TWO_HOURS + timedelta(minutes=5)
        assert one.said.late_reason == OFFLINE_REASON

    page = next(iter(again))
    page.reload()
    expect(page.locator("#entrees .entry")).to_have_count(20)
    told = page.locator("#entrees .entry").first
    expect(told).to_contain_text("Noté le")
    expect(told).to_contain_text("heure de l’appareil")
    expect(told).to_contain_text(f"saisie tardive : {OFFLINE_REASON}")
    accessible(page, "all arrived")


def name_on(page: Page) -> str:
    return page.locator(".account-name").inner_text()


def test_with_the_network_an_entry_has_two_times_and_nothing_waits(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Avec du réseau")
    page = open_as(REFERENT)
    page.goto(address)
    note(page, "Le réseau est là")
    expect(page.locator("#entrees")).to_contain_text("Le réseau est là")
    expect(page.get_by_label("Que se passe-t-il")).to_have_value("")
    expect_nothing_waiting(page)
    (entry,) = logged(site, "Avec du réseau")
    assert (entry.device_at, entry.said.late_reason) == (None, "")


def test_an_answer_lost_on_the_way_makes_one_entry(site: Flask, open_as: OpenAs) -> None:
    """The server got it, the device did not hear so: it is sent again, with the same key."""
    address = crisis_of(site, "Réponse perdue")
    page = open_as(REFERENT)
    page.goto(address)

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(f"**{address}", lose_the_answer)
    note(page, "Dit une fois")
    note(page, "Dit ensuite")
    expect_waiting(page, 2)
    expect(outbox(page)).to_contain_text("Pas de réseau")
    assert texts(logged(site, "Réponse perdue")) == ["Dit une fois"]
    page.unroute(f"**{address}")
    page.reload()
    expect_nothing_waiting(page)
    entries = logged(site, "Réponse perdue")
    assert texts(entries) == ["Dit une fois", "Dit ensuite"]
    assert [one.device_at is None for one in entries] == [True, False]


def test_a_session_that_ends_loses_nothing(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Session finie")
    page = open_as(REFERENT)
    page.goto(address)
    note(page, "Avant la fin")
    expect(page.locator("#entrees")).to_contain_text("Avant la fin")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    for words in ("Pendant", "Encore"):
        note(page, words)
    expect_waiting(page, 2)
    expect(outbox(page)).to_contain_text("Votre session a expiré")
    expect(outbox(page).get_by_role("link", name="Se reconnecter")).to_be_visible()
    accessible(page, "signed out")
    page.context.add_cookies(cookies)
    look_again(page)
    expect_nothing_waiting(page)
    assert texts(logged(site, "Session finie")) == ["Avant la fin", "Pendant", "Encore"]


def test_two_tabs_of_one_device_send_each_entry_once(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Deux onglets")
    page = open_as(REFERENT)
    open_kept(page, address, ROOMS)
    other = page.context.new_page()
    other.goto(address)
    page.context.set_offline(True)
    written = [f"Fait {rank}" for rank in range(6)]
    for words, tab in zip(written, itertools.cycle((page, other)), strict=False):
        note(tab, words)
        expect(outbox(tab)).to_contain_text(words)
    expect_waiting(page, 6)
    page.context.set_offline(False)
    for tab in (page, other):
        expect_nothing_waiting(tab)
    entries = logged(site, "Deux onglets")
    assert texts(entries) == written
    assert [one.number for one in entries] == list(range(1, 7))


def test_what_the_server_refuses_comes_back_to_the_form(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Refusée")
    page = open_as(REFERENT)
    page.goto(address)
    note(page, "Mme Durand, née le 12/03/1954, à évacuer")
    expect(page.locator("#nouvelle-entree .error-summary")).to_be_focused()
    expect(page.get_by_label("Que se passe-t-il")).to_have_value("Mme Durand, née le 12/03/1954, à évacuer")
    accessible(page, "given back")
    page.reload()
    expect(outbox(page).get_by_role("heading")).to_have_text("À corriger (1)")
    expect(rows(page)).to_contain_text("Refusée par le serveur")
    accessible(page, "to correct")
    rows(page).get_by_role("button", name="Corriger").click()
    page.get_by_label("Que se passe-t-il").fill("Une personne à évacuer")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entrees")).to_contain_text("Une personne à évacuer")
    expect_nothing_waiting(page)
    assert texts(logged(site, "Refusée")) == ["Une personne à évacuer"]
    note(page, "Et la suite")
    expect(page.locator("#entrees")).to_contain_text("Et la suite")


def test_a_refused_entry_is_erased_only_when_asked_twice(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Effacée")
    page = open_as(REFERENT)
    page.goto(address)
    note(page, "M. Petit, né le 01/02/1960")
    expect(page.locator("#nouvelle-entree .error-summary")).to_be_focused()
    page.reload()
    rows(page).get_by_role("button", name="Effacer").click()
    expect(rows(page)).to_have_count(1)
    rows(page).get_by_role("button", name="Effacer pour de bon").click()
    expect_nothing_waiting(page)
    page.reload()
    expect_nothing_waiting(page)
    assert logged(site, "Effacée") == []


def test_a_device_that_can_keep_nothing_still_sends(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Sans mémoire")
    page = open_as(REFERENT)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.goto(address)
    note(page, "Directement")
    expect(outbox(page)).to_contain_text("Cet appareil ne peut rien garder")
    expect(page.locator("#entrees")).to_contain_text("Directement")
    assert texts(logged(site, "Sans mémoire")) == ["Directement"]


@pytest.mark.parametrize("status", [502, 503])
def test_a_server_in_trouble_is_tried_again(site: Flask, open_as: OpenAs, status: int) -> None:
    title = f"Serveur en panne {status}"
    address = crisis_of(site, title)
    page = open_as(REFERENT)
    page.goto(address)
    page.route(
        f"**{address}",
        lambda route: route.fulfill(status=status, body="") if route.request.method == "POST" else route.continue_(),
    )
    note(page, "Gardé malgré tout")
    expect_waiting(page, 1)
    expect(outbox(page)).to_contain_text("Le serveur ne peut pas répondre")
    page.unroute(f"**{address}")
    look_again(page)
    expect_nothing_waiting(page)
    (entry,) = logged(site, title)
    assert entry.device_at is not None


def test_an_entry_on_which_the_server_always_fails_holds_back_no_other(site: Flask, open_as: OpenAs) -> None:
    """After five tries, ten seconds apart, its row says so; the next ones leave in order, and it leaves when it can."""
    address = crisis_of(site, "Erreur répétée")
    page = open_as(REFERENT)
    page.goto(address)
    tries: list[str] = []

    def fail(route: Route) -> None:
        if route.request.method == "POST" and "Fatale" in (route.request.post_data or ""):
            tries.append(route.request.url)
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route(f"**{address}", fail)
    now = clock.now()
    set_clock(page.context, now)
    note(page, "Fatale")
    for words in ("Deuxième", "Troisième"):
        note(page, words)
    expect_waiting(page, 3)
    expect(rows(page).get_by_text("en attente")).to_have_count(3)
    for rank in range(1, 5):
        set_clock(page.context, now + rank * timedelta(seconds=11))
        before = len(tries)
        look_again(page)
        while len(tries) == before:
            page.wait_for_timeout(50)
        assert texts(logged(site, "Erreur répétée")) == [] or rank == 4
    expect_waiting(page, 1)
    expect(rows(page)).to_contain_text("bloquée")
    expect(rows(page)).to_contain_text("Le serveur échoue sur cette saisie (5 essais)")
    expect(rows(page).get_by_role("button", name="Effacer")).to_be_visible()
    accessible(page, "one is stuck")
    note(page, "Quatrième")
    expect(page.locator("#entrees")).to_contain_text("Quatrième")
    expect_waiting(page, 1)
    page.unroute(f"**{address}")
    look_again(page)
    expect_nothing_waiting(page)
    assert texts(logged(site, "Erreur répétée")) == ["Deuxième", "Troisième", "Quatrième", "Fatale"]


def test_two_facts_sent_in_one_breath_are_two_entries_and_one_pressed_twice_is_one(
    site: Flask, open_as: OpenAs
) -> None:
    """The second is sent while the first is still being kept."""
    address = crisis_of(site, "D’un souffle")
    page = open_as(REFERENT)
    page.goto(address)
    page.evaluate(
        """(said) => {
          const form = document.querySelector("form[data-outbox][data-entry]");
          for (const words of said) {
            form.querySelector("[name=text]").value = words;
            form.requestSubmit();
          }
        }""",
        ["Un", "Deux", "Deux"],
    )
    for words in ("Un", "Deux"):
        expect(page.locator("#entrees").get_by_text(words, exact=True)).to_be_visible()
    expect_nothing_waiting(page)
    expect(page.get_by_label("Que se passe-t-il")).to_have_value("")
    assert texts(logged(site, "D’un souffle")) == ["Un", "Deux"]


def test_what_is_typed_over_a_fact_that_is_still_being_kept_leaves_whole(site: Flask, open_as: OpenAs) -> None:
    """Its first words may be the same ones."""
    address = crisis_of(site, "Mêmes mots")
    page = open_as(REFERENT)
    page.goto(address)
    page.evaluate(
        """(typed) => {
          const form = document.querySelector("form[data-outbox][data-entry]");
          const field = form.querySelector("[name=text]");
          for (const value of typed) {
            field.value = value;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            if (value.includes(" ")) form.requestSubmit();
          }
        }""",
        ["Pont fermé", "P", "Pont fermé au nord"],
    )
    for words in ("Pont fermé", "Pont fermé au nord"):
        expect(page.locator("#entrees").get_by_text(words, exact=True)).to_be_visible()
    expect_nothing_waiting(page)
    assert texts(logged(site, "Mêmes mots")) == ["Pont fermé", "Pont fermé au nord"]


def join(page: Page, *documents: str) -> None:
    """Choose these documents, and an hour of yesterday, which asks why."""
    page.locator(".entry-more > summary").click()
    content = b"%PDF-1.4\n%%EOF\n"
    page.locator("#nouvelle-entree").get_by_label("Documents").set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in documents]
    )
    yesterday = clock.now() - timedelta(days=1)
    page.get_by_label("Jour du fait").fill(yesterday.date().isoformat())
    page.get_by_label("Heure du fait").fill("08:00")


def documents_of(site: Flask, crisis: str) -> list[str]:
    with site.app_context():
        query = sa.select(LogbookEntry).join(LogbookEntry.crisis).where(Crisis.title == crisis)
        return [one.file_name for entry in db.session.scalars(query) for one in entry.attachments]


def test_the_documents_of_a_refused_entry_go_with_the_next(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Documents repris")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    page.goto(address)
    page.get_by_label("Que se passe-t-il").fill("Photos du pont")
    join(page, "pont.pdf", "rive.pdf", "rue.pdf")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_label("Pourquoi noter ce fait maintenant")).to_be_focused()
    held = page.locator("#nouvelle-entree [data-held] li")
    expect(held).to_contain_text(["pont.pdf", "rive.pdf", "rue.pdf"])
    expect(page.get_by_text("À choisir de nouveau")).to_have_count(0)
    accessible(page, "documents given back")
    page.reload()
    rows(page).get_by_role("button", name="Corriger").click()
    expect(held).to_contain_text(["pont.pdf", "rive.pdf", "rue.pdf"])
    page.get_by_role("button", name="Enlever : rive.pdf").click()
    expect(held).to_contain_text(["pont.pdf", "rue.pdf"])
    expect(page.locator("#nouvelle-entree").get_by_label("Documents")).to_be_focused()
    page.get_by_label("Pourquoi noter ce fait maintenant").fill("Pas de réseau")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entrees")).to_contain_text("Photos du pont")
    expect_nothing_waiting(page)
    expect(held).to_have_count(0)
    assert documents_of(site, "Documents repris") == ["pont.pdf", "rue.pdf"]
    note(page, "Sans document")
    expect(page.locator("#entrees")).to_contain_text("Sans document")
    assert documents_of(site, "Documents repris") == ["pont.pdf", "rue.pdf"]


def test_without_javascript_the_documents_to_choose_again_are_named(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Documents à reprendre")
    page = open_as(CELL_MEMBER, width=TELEPHONE, javascript=False)
    page.goto(address)
    page.get_by_label("Que se passe-t-il").fill("Photos du pont")
    join(page, "pont.pdf", "rive.pdf")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("À choisir de nouveau sous « Plus » : pont.pdf, rive.pdf.")).to_be_visible()
    expect(page.locator("#nouvelle-entree").get_by_label("Documents")).to_be_visible()


def test_what_is_typed_while_an_entry_leaves_directly_is_alone_in_the_field(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Envoi direct")
    page = open_as(REFERENT)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.goto(address)
    held: list[Route] = []
    page.route(
        f"**{address}", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    note(page, "Le pont est fermé.")
    while not held:
        page.wait_for_timeout(20)
    field = page.get_by_label("Que se passe-t-il")
    field.press_sequentially(" La rive aussi")
    held[0].continue_()
    expect(field).to_have_value("La rive aussi")
    page.unroute(f"**{address}")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entrees")).to_contain_text("La rive aussi")
    assert texts(logged(site, "Envoi direct")) == ["Le pont est fermé.", "La rive aussi"]
