"""A real Chromium before a real server that tells the demonstration: what a person sees and does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright
from werkzeug.serving import make_server

from crisis_plan.access.routes import DEMO_PASSWORD
from tests.crawl import VISITOR
from tests.demonstration import demonstration

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 15_000
"""Milliseconds: the machine may be busy with the other tests."""
DESK, TELEPHONE, HEIGHT = 1280, 360, 900

UZEGE, VIDOURLE = "/cpts/uzege-pont-du-gard", "/cpts/vallee-du-vidourle"
OPERATOR, REFERENT, COORDINATOR = "operateur@demo.example", "referent@demo.example", "coordination@demo.example"
ADHERENT, ARS, NEIGHBOUR = "adherent@demo.example", "ars@demo.example", "referent-vidourle@demo.example"
CELL_MEMBER = "cellule@demo.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey drives a real browser."""
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))  # flask-compress, static files


@pytest.fixture(scope="module")
def site() -> Iterator[Flask]:
    """The demonstration, served, as it was told: the journeys of another file left nothing in it."""
    with demonstration() as app:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        app.config["PUBLIC_ADDRESS"] = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield app
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; its absence is a failure, for nothing else can tell what a person sees."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.fail("No Chromium was found: `make test` installs it, or CHROMIUM says where it is.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class People:
    """Opens a browser for anyone of the demonstration, signed in, on any screen, with or without JavaScript."""

    chromium: Browser
    address: str
    sessions: dict[str, StorageState]
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(self, person: str = VISITOR, *, width: int = DESK, javascript: bool = True) -> Page:
        """A page of a new browser, at no address yet."""
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            storage_state=None if person == VISITOR else self.session(person),
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._note_refusal(page, said.text))
        return page

    def session(self, person: str) -> StorageState:
        """The cookies of this person, signed in once by the page that everyone uses."""
        if person not in self.sessions:
            page = self.open()
            sign_in(page, person)
            self.sessions[person] = page.context.storage_state()
            page.context.close()
        return self.sessions[person]

    def close(self) -> list[str]:
        """Close every page; returns what went wrong in them unseen."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        troubles, self.troubles = self.troubles, []
        return troubles

    def _note_refusal(self, page: Page, said: str) -> None:
        if "Content Security Policy" in said:
            self.troubles.append(f"{page.url}: {said}")


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Who signed in already: each copy of the demonstration knows the same people."""
    return {}


@pytest.fixture(scope="module")
def everyone(chromium: Browser, site: Flask, sessions: dict[str, StorageState]) -> People:
    return People(chromium, site.config["PUBLIC_ADDRESS"], sessions)


@pytest.fixture
def people(everyone: People) -> Iterator[People]:
    """Browsers for one test; a script that fails, or that the policy refuses, fails the test."""
    yield everyone
    assert everyone.close() == []


@pytest.fixture
def open_as(people: People) -> Callable[..., Page]:
    return people.open


def sign_in(page: Page, person: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in where the page asks for it."""
    page.goto("/connexion")
    page.get_by_label("Adresse e-mail").fill(person)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "/connexion" not in address)


def edit_section(page: Page, address: str, text: str) -> None:
    """Open the page of a section and write this text in it, without saving."""
    page.goto(address)
    page.get_by_label("Texte de la rubrique").fill(text)
