"""Without network: the crisis, the plan, the cards, the cell and the directory are read; after signing out, nothing is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.access.queries import account_by_email
from crisis_plan.db import db, writing
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.devices.models import CrisisDevice
from crisis_plan.pilotage.tasks import operations as tasks
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.operations import TaskDescription
from crisis_plan.pilotage.tasks.rules import TaskState
from tests.journeys.conftest import CELL_MEMBER, COORDINATOR, REFERENT, TELEPHONE, UZEGE, People, sign_in
from tests.journeys.offline import (
    LEFT,
    NOTHING,
    ROOMS,
    crisis_of,
    expect_draft,
    expect_nothing_waiting,
    expect_waiting,
    kept_since,
    logged,
    look_again,
    note,
    open_kept,
    outbox,
    reopened,
    texts,
)
from tests.journeys.test_every_screen import RULES

OpenAs = Callable[..., Page]
TITLES = """(addresses) => Promise.all(addresses.map(async (address) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return page.querySelector("h1").textContent.trim().replace(/\\s+/g, " ");
}))"""


def accessible(page: Page, step: str) -> None:
    assert Axe().run(page, options=RULES).response["violations"] == [], step


def title(page: Page) -> str:
    return " ".join((page.locator("h1").text_content() or "").split())


def test_what_a_crisis_needs_is_read_without_network(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "À lire")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, address)
    page.get_by_role("link", name="Lisible sans réseau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lisible sans réseau")
    named = [str(link.get_attribute("href")) for link in page.locator("a[data-keep]").all()]
    assert len(named) > 8
    with_network = page.evaluate(TITLES, named)
    page.context.set_offline(True)
    page = reopened(page, named[0])
    for one, heading in zip(named, with_network, strict=True):
        page.goto(one)
        assert title(page) == heading, one
        expect(kept_since(page)).to_be_visible()
        if one in (named[0], named[-1]):
            accessible(page, one)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE, one
    page.context.set_offline(False)
    page.get_by_role("link", name="Le réseau est revenu : recharger la page").click()
    expect(kept_since(page)).to_have_count(0)


def test_the_pocket_directory_finds_someone_as_one_types(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "De poche")
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, address)
    page.context.set_offline(True)
    page.get_by_role("link", name="Annuaire de poche").click()
    everyone = page.locator(".pocket li")
    assert everyone.count() > 20
    page.get_by_label("Un nom, un métier, une commune").fill("samu")
    expect(page.locator(".pocket li:visible").first).to_contain_text("SAMU")
    assert page.locator(".pocket li:visible").count() < everyone.count()
    expect(page.locator(".pocket li:visible a[href^='tel:']").first).to_be_visible()
    page.get_by_label("Un nom, un métier, une commune").fill("zzzz")
    expect(page.get_by_text("Personne ne correspond")).to_be_visible()
    accessible(page, "nobody found")


def test_a_page_that_is_not_kept_says_so_and_lists_those_that_are(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Pas gardée")
    page = open_as(REFERENT)
    open_kept(page, address)
    page.context.set_offline(True)
    page.goto(f"{UZEGE}/stock/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’est pas gardée sur cet appareil")
    expect(page.get_by_role("link", name="Annuaire de poche")).to_be_visible()
    accessible(page, "not kept")
    page.get_by_role("link", name="Journal").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Journal de bord")


def test_a_slow_server_is_waited_for_three_seconds(site: Flask, open_as: OpenAs) -> None:
    """The server hangs rather than fails: what is kept is read meanwhile."""
    address = crisis_of(site, "Lent")
    page = open_as(REFERENT)
    open_kept(page, address)
    hang, before = [True], site.view_functions["cpts.logbook.index"]

    def slow(*args: object, **kwargs: object) -> object:
        if hang[0]:
            page_waits.wait(20)
        return before(*args, **kwargs)

    from threading import Event

    page_waits = Event()
    slow.access = before.access  # type: ignore[attr-defined]
    site.view_functions["cpts.logbook.index"] = slow
    try:
        page.goto(address)
        expect(kept_since(page)).to_be_visible()
    finally:
        hang[0] = False
        page_waits.set()
        site.view_functions["cpts.logbook.index"] = before
    page.goto(address)
    expect(kept_since(page)).to_have_count(0)


def test_what_is_being_typed_is_still_there_when_the_page_is_opened_again(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "En train d’écrire")
    page = open_as(REFERENT)
    open_kept(page, address, ROOMS)
    page.context.set_offline(True)
    page.get_by_label("Que se passe-t-il").press_sequentially("La salle des fêtes est")
    expect_draft(page, "La salle des fêtes est")
    page = reopened(page, address)
    page.get_by_role("button", name="Reprendre ce brouillon").click()
    expect(page.get_by_label("Que se passe-t-il")).to_have_value("La salle des fêtes est")
    note(page, "La salle des fêtes est ouverte")
    expect_waiting(page, 1)
    page = reopened(page, address)
    expect_waiting(page, 1)
    expect(page.get_by_role("button", name="Reprendre ce brouillon")).to_have_count(0)


def test_a_task_ticked_without_network_shows_at_once_and_arrives_once(site: Flask, open_as: OpenAs) -> None:
    journal = crisis_of(site, "Cocher")
    with site.app_context(), writing():
        crisis = db.session.scalars(sa.select(Crisis).where(Crisis.title == "Cocher")).one()
        by = account_by_email(REFERENT)
        tasks.add(crisis, TaskDescription("Ouvrir la salle"), key=None, by=by, at=clock.now())
        db.session.commit()
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    open_kept(page, journal, ROOMS)
    address = journal.replace("/journal/", "/taches/")
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_role("button", name="Faite : Ouvrir la salle").click()
    row = page.locator(".task").filter(has_text="Ouvrir la salle")
    expect(row).to_contain_text("Faite, en attente")
    expect(row.get_by_role("button")).to_have_count(0)
    expect_waiting(page, 1)
    accessible(page, "ticked")
    page = reopened(page, address)
    row = page.locator(".task").filter(has_text="Ouvrir la salle")
    expect(row).to_contain_text("Faite, en attente")
    page.context.set_offline(False)
    expect_nothing_waiting(page)
    with site.app_context():
        (task,) = db.session.scalars(sa.select(CrisisTask).where(CrisisTask.text == "Ouvrir la salle"))
        assert (task.state, task.changed_by_name) == (TaskState.DONE, page.locator(".account-name").inner_text())
    assert len([one for one in logged(site, "Cocher") if "Ouvrir la salle" in one.said.text]) == 2


def test_others_are_told_of_what_waits_on_a_device(site: Flask, open_as: OpenAs) -> None:
    address = crisis_of(site, "Appareil muet")
    page, others = open_as(CELL_MEMBER, width=TELEPHONE), open_as(REFERENT)
    open_kept(page, address, ROOMS)
    page.route(f"**{address}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    note(page, "Retenu ici")
    expect_waiting(page, 1)
    look_again(page)
    others.goto(address.replace("/journal/", "/appareils/"))
    name = page.locator(".account-name").inner_text()
    for _ in range(50):
        if others.get_by_role("row").filter(has_text=name).count():
            break
        others.wait_for_timeout(200)
        others.reload()
    expect(others.get_by_role("row").filter(has_text=name)).to_contain_text(re.compile("Ordinateur.*1"))
    accessible(others, "a device holds an entry")
    page.unroute(f"**{address}")
    look_again(page)
    expect_nothing_waiting(page)
    for _ in range(50):
        if not waiting_devices(site, "Appareil muet"):
            break
        page.wait_for_timeout(200)
    assert waiting_devices(site, "Appareil muet") == []


def waiting_devices(site: Flask, crisis: str) -> list[int]:
    """How many entries each device said that it holds."""
    with site.app_context():
        query = sa.select(CrisisDevice.waiting).where(CrisisDevice.crisis_id == Crisis.id, Crisis.title == crisis)
        return [count for count in db.session.scalars(query) if count]


@pytest.fixture
def shared(people: People) -> Page:
    """A computer that several people use: its own sessions, which end with the test."""
    page = people.open()
    sign_in(page, COORDINATOR)
    return page


def leave(page: Page) -> None:
    page.locator(".account summary").click()
    page.get_by_role("button", name="Se déconnecter", exact=True).click()


def test_signing_out_leaves_nothing_on_a_shared_computer(site: Flask, shared: Page) -> None:
    address = crisis_of(site, "Ordinateur partagé")
    open_kept(shared, address)
    shared.get_by_label("Que se passe-t-il").press_sequentially("Un brouillon")
    expect_draft(shared, "Un brouillon")
    before = shared.evaluate(LEFT)
    assert before["pages"]
    assert any(key.startswith("draft:") for key in before["local"])
    leave(shared)
    expect(shared).to_have_url(re.compile("/connexion"))
    assert shared.evaluate(LEFT) == NOTHING
    shared.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        shared.goto(address)


def test_signing_out_warns_of_what_was_not_sent_and_sends_it(site: Flask, shared: Page) -> None:
    address = crisis_of(site, "Partir avec des saisies")
    open_kept(shared, address)
    shared.route(f"**{address}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    for words in ("Première", "Seconde"):
        note(shared, words)
    expect_waiting(shared, 2)
    leave(shared)
    dialog = shared.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Cet appareil garde 2 saisies non envoyées")
    accessible(shared, "leaving")
    dialog.get_by_role("button", name="Les envoyer").click()
    expect(dialog).to_contain_text("Elles n’ont pas pu partir")
    dialog.get_by_role("button", name="Rester connecté").click()
    expect(dialog).to_have_count(0)
    expect_waiting(shared, 2)
    shared.get_by_role("button", name="Se déconnecter", exact=True).click()
    expect(dialog).to_be_visible()
    shared.unroute(f"**{address}")
    dialog.get_by_role("button", name="Les envoyer").click()
    expect(shared).to_have_url(re.compile("/connexion"))
    assert texts(logged(site, "Partir avec des saisies")) == ["Première", "Seconde"]
    assert shared.evaluate(LEFT) == NOTHING


def test_what_was_not_sent_can_be_lost_on_purpose(site: Flask, shared: Page) -> None:
    address = crisis_of(site, "Partir en perdant")
    open_kept(shared, address)
    shared.route(f"**{address}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    note(shared, "Perdue exprès")
    expect_waiting(shared, 1)
    leave(shared)
    shared.get_by_role("dialog").get_by_role("button", name="Se déconnecter et les perdre").click()
    expect(shared).to_have_url(re.compile("/connexion"))
    assert shared.evaluate(LEFT) == NOTHING
    assert logged(site, "Partir en perdant") == []
    assert waiting_devices(site, "Partir en perdant") == []


def test_another_account_neither_reads_nor_sends_what_was_left(site: Flask, shared: Page) -> None:
    """A session that ended without signing out: pages go, entries wait for their author, and are nobody else's."""
    address = crisis_of(site, "Deux comptes")
    open_kept(shared, address)
    shared.context.clear_cookies()
    note(shared, "De la coordination")
    expect(outbox(shared)).to_contain_text("Votre session a expiré")
    other = shared.context.new_page()
    sign_in(other, CELL_MEMBER)
    expect(other.get_by_text("Cet appareil garde 1 saisie non envoyée d’un autre compte.")).to_be_visible()
    accessible(other, "entries of another")
    assert "De la coordination" not in other.content()
    assert [name for name in other.evaluate(LEFT)["pages"] if name.startswith("kept:")] == []
    look_again(shared)
    expect(outbox(shared)).to_contain_text("Un autre compte est ouvert")
    assert logged(site, "Deux comptes") == []

    leave(other)
    expect(other).to_have_url(re.compile("/connexion"))
    sign_in(other, COORDINATOR)
    other.goto(address)
    expect(other.locator("#entrees")).to_contain_text("De la coordination")
    (entry,) = logged(site, "Deux comptes")
    assert entry.author_name == other.locator(".account-name").inner_text()
