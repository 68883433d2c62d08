"""Promises over every page that a person of the demonstration can reach by following links."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import undefer

from crisis_plan.access.queries import demo_accounts
from crisis_plan.db import db
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind
from crisis_plan.web.fields import as_date
from crisis_plan.web.headers import CONTENT_SECURITY_POLICY
from tests.crawl import PEOPLE, VISITOR, Visit, Walk, browser_of, endpoint_of, visit, walk
from tests.demonstration import demonstration
from tests.statements import most_statements

MOST_ADDRESSES = 3
PRINTED = (FileKind.RESTRICTED, FileKind.PUBLIC)
READS_EVERYTHING = frozenset(
    {"cpts.publication.review", "cpts.yearly_update.show", "cpts.crisis_pack.download", "cpts.room.pack"}
)
"""What would be published, and what is taken along: every room is asked, as publishing asks them."""
WITHOUT_A_LINK = frozenset(
    {
        "pages.health",  # asked by a machine
        "pages.service_worker",  # asked by the browser
        "pages.offline",  # shown by the service worker, where there is no network
        "cpts.logbook.token",  # asked by a device that sends what it kept
        "access.new_password",  # arrives by mail
        "call_answers.show",  # arrives by mail
        "own_contact.show",  # arrives by mail
        "own_contact.edit",
        "own_contact.thanks",
        "plan_links.show",  # arrives by mail
        "plan_links.come_back",
        "cpts.distribution.withdraw_handing",  # of who was handed a copy: the walk opens the first recipients only
        "cpts.publication.choose_comparison",  # where the form that chooses two versions leads
        "calendar_feeds.read",  # asked by a calendar application
        "cpts.stock.take_out_form",  # the address of a refused form, opened again
        "cpts.publication.adoption_pdf",  # no act of adoption in the demonstration
    }
)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
TOKEN = re.compile(r'(name="csrf_token"[^>]*?value=")[^"]*')
NOTHING_NEW = 204
"""What a poller is answered while nothing has changed since the page was drawn."""
ANSWERS = (200, NOTHING_NEW, 302, 308)
SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def demo() -> Iterator[Flask]:
    """The demonstration, only read."""
    with demonstration() as app:
        yield app


@pytest.fixture(scope="module")
def walks(demo: Flask) -> Callable[[str], Walk]:
    """What each person reaches, walked once."""
    known: dict[str, Walk] = {}

    def walk_of(person: str) -> Walk:
        if person not in known:
            with demo.app_context():
                known[person] = walk(browser_of(demo, person), most=MOST_ADDRESSES)
        return known[person]

    return walk_of


@pytest.fixture(params=PEOPLE)
def walked(request: pytest.FixtureRequest, walks: Callable[[str], Walk]) -> Walk:
    return walks(request.param)


def said(visits: list[Visit], problem: Callable[[Visit], object]) -> list[str]:
    """The addresses that have the problem, with what it is."""
    return [f"{one.address}: {found}" for one in visits if (found := problem(one))]


def test_everyone_of_the_demonstration_is_followed(demo: Flask) -> None:
    with demo.app_context():
        assert {account.email for account in demo_accounts()} == set(PEOPLE) - {VISITOR}


def test_every_page_is_reached_by_someone(demo: Flask, walks: Callable[[str], Walk]) -> None:
    """By following links: a page that nobody can find might as well not exist."""
    reached = {one.endpoint for person in PEOPLE for one in walks(person).visits}
    pages = {rule.endpoint for rule in demo.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - reached == set(WITHOUT_A_LINK)


def test_every_address_that_is_offered_answers(walked: Walk) -> None:
    """Valid HTML, French, one h1, no identifier twice: `tests.browser` checks each page that it is given."""
    assert said(walked.visits, lambda one: one.page.status if one.page.status not in ANSWERS else 0) == []


def test_every_link_leads_somewhere(walked: Walk) -> None:
    assert walked.dead_links == []


def test_every_anchor_is_on_the_page_that_it_names(walked: Walk) -> None:
    pages = {one.address: one for one in walked.pages}

    def lost(one: Visit) -> list[str]:
        found = []
        for link in one.page.html.select("a[href*='#']"):
            address, _, anchor = str(link["href"]).partition("#")
            aimed = pages.get(address or one.address)
            if anchor and aimed and not aimed.page.html.find(id=anchor):
                found.append(str(link["href"]))
        return found

    assert said(walked.pages, lost) == []


def test_a_page_asks_the_database_a_few_times_only(walked: Walk) -> None:
    visits = [one for one in walked.visits if one.endpoint not in READS_EVERYTHING]
    assert said(visits, lambda one: max(0, len(one.statements) - most_statements(one.endpoint))) == []


def test_reading_writes_nothing(walked: Walk) -> None:
    assert said(walked.visits, lambda one: [line for line in one.statements if WRITES.match(line)]) == []


def forms(one: Visit) -> list[Tag]:
    return one.page.html.select("form[method=post]")


def test_every_form_that_writes_bears_its_token(walked: Walk) -> None:
    def bare(one: Visit) -> list[str]:
        return [str(form.get("action")) for form in forms(one) if not form.select_one("[name=csrf_token][value]")]

    assert said(walked.pages, bare) == []


def test_every_form_that_creates_bears_its_key(demo: Flask, walked: Walk) -> None:
    def keyless(one: Visit) -> list[str]:
        return [
            str(form.get("action"))
            for form in forms(one)
            if getattr(demo.view_functions[posted_to(demo, form, one)], "creates_once", False)
            and not form.select_one("[name=creation_key][value]")
        ]

    assert said(walked.pages, keyless) == []


def posted_to(demo: Flask, form: Tag, one: Visit) -> str:
    endpoint = endpoint_of(demo, str(form.get("action") or one.address), method="POST")
    assert endpoint, f"{one.address}: a form posts to {form.get('action')}, where nothing answers"
    return endpoint


def test_no_page_bears_a_style_or_a_script_of_its_own(walked: Walk) -> None:
    def inline(one: Visit) -> list[str]:
        html = one.page.html
        found = [tag.name for tag in html.select("style, script:not([src]), [style], a[href^='javascript:']")]
        return found + [name for tag in html.find_all(True) for name in tag.attrs if name.startswith("on")]

    assert said(walked.pages, inline) == []


def test_no_page_shows_the_machine_behind_it(walked: Walk) -> None:
    """A value that nobody worded: None, an enumeration's name, an object's address."""
    machine = re.compile(r"\b(None|True|False|undefined|null)\b|<[\w.]+ object|\{\{|\}\}|\b[A-Z]\w+\.[A-Z_]{4,}\b")
    assert said(walked.pages, lambda one: machine.findall(one.page.text)) == []


def test_every_answer_carries_the_strict_policy(walked: Walk) -> None:
    def loose(one: Visit) -> str:
        sent = one.page.response.headers
        return "" if sent.get("Content-Security-Policy") == CONTENT_SECURITY_POLICY else str(sent)

    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert said(walked.visits, loose) == []


def test_every_answer_says_that_htmx_gets_another(walked: Walk) -> None:
    others = [one for one in walked.visits if one.endpoint != "static"]
    assert said(others, lambda one: "HX-Request" not in one.page.response.vary) == []


def test_no_private_page_is_kept_by_a_cache(walked: Walk) -> None:
    def kept(one: Visit) -> str:
        rule = one.page.response.headers.get("Cache-Control", "")
        return "" if "no-store" in rule or rule == "private, no-cache" else rule or "none"

    assert said([one for one in walked.visits if one.endpoint != "static"], kept) == []


@dataclass(frozen=True)
class Asked:
    """What an element asks by htmx, and where the answer goes."""

    address: str
    target: str


def asked_by(html: BeautifulSoup, word: str) -> list[Asked]:
    found = []
    for one in html.select("[hx-get]"):
        address = str(one["hx-get"])
        if one.name == "form":
            field = one.select_one("input[type=search]")
            address += f"?{field['name'] if field else 'q'}={word}"
        if one["hx-target"] != "this":  # a poller: what it brings is proved where its page is
            found.append(Asked(address, str(one["hx-target"])))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("person", ["referent@demo.example", "ars@demo.example", "operateur@demo.example"])
def test_htmx_gets_what_the_whole_page_shows_at_the_same_address(
    demo: Flask, walks: Callable[[str], Walk], person: str
) -> None:
    compared = 0
    with demo.app_context():
        browser = browser_of(demo, person)
        for one in {visited.endpoint: visited for visited in reversed(walks(person).pages)}.values():
            for asked in asked_by(one.page.html, "a"):
                part = visit(browser, asked.address, headers={"HX-Request": "true"}).page
                if part.status == NOTHING_NEW:
                    continue
                whole = visit(browser, asked.address).page
                target = whole.html.select_one(asked.target)
                assert target is not None, f"{asked.address}: no {asked.target} on the page"
                assert "<html" not in part.response.get_data(as_text=True)
                assert alike(part.response.get_data(as_text=True)) == alike(target.decode_contents()), asked.address
                compared += 1
    assert compared, "nothing asks by htmx any more: this test has lost its subject"


def alike(source: str) -> str:
    """The same markup whatever its spaces and its token."""
    return TOKEN.sub(r"\1", SPACES.sub("", str(BeautifulSoup(source, "html.parser"))))


def test_the_page_of_the_alert_is_one_page(demo: Flask) -> None:
    with demo.app_context():
        for file in db.session.scalars(sa.select(PublicationFile).where(PublicationFile.kind.in_(PRINTED))):
            pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages[1:3]]
            assert ["Trois faits se datent" in page for page in pages] == [True, False], file.kind


def test_a_version_bears_no_verification_that_came_after_it(demo: Flask) -> None:
    with demo.app_context():
        for version in db.session.scalars(
            sa.select(Publication).where(Publication.content_sha256 != "").options(undefer(Publication.content))
        ):
            assert version.content is not None
            (annex,) = [one for one in version.content["chapters"] if one["key"] == "annexe-annuaire"]
            days = [as_date(text) for text in re.findall(r"\d\d/\d\d/\d{4}", str(annex))]
            assert days
            assert max(day for day in days if day) <= version.dated_on
