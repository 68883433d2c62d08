"""Follow every link that a page offers, from the home page on, as each person of the demonstration."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from crisis_plan.access.models import Account
from crisis_plan.db import db
from tests.browser import Browser, Page
from tests.statements import counted_statements

VISITOR = "visitor"
PEOPLE = (
    VISITOR,
    "operateur@demo.example",
    "referent@demo.example",
    "coordination@demo.example",
    "cellule@demo.example",
    "adherent@demo.example",
    "ars@demo.example",
    "cpam@demo.example",
    "referent-vidourle@demo.example",
)
FILE = re.compile(r"\.\w+(\?|$)")
TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass(frozen=True)
class Visit:
    """An address, what it answered, and the statements that it cost."""

    endpoint: str
    address: str
    page: Page
    statements: tuple[str, ...]


@dataclass
class Walk:
    """What one person could reach."""

    visits: list[Visit] = field(default_factory=list)
    dead_links: list[str] = field(default_factory=list)
    found_on: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.page.is_html]


def browser_of(app: Flask, email: str) -> Browser:
    """The browser of this person of the demonstration; needs the application's context."""
    if email == VISITOR:
        return Browser(app)
    return Browser(app, db.session.scalars(sa.select(Account).where(Account.email == email)).one())


def visit(browser: Browser, address: str, endpoint: str = "", **options: object) -> Visit:
    """Open this address and count its statements."""
    with counted_statements() as sent:
        page = browser.open(address, **options)
    counted = tuple(statement for statement in sent if not statement.lstrip().upper().startswith(TRANSACTIONS))
    return Visit(endpoint, address, page, counted)


def walk(browser: Browser, *, most: int, files: bool = True) -> Walk:
    """Follow every internal link from the home page, at most `most` addresses an endpoint; files to download or not."""
    found = Walk()
    waiting, visited = deque(["/"]), Counter[str]()
    found.found_on["/"] = ""
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(browser.app, address)
        if endpoint is None:
            found.dead_links.append(f"{address} on {found.found_on[address]}")
            continue
        visited[endpoint] += 1
        if visited[endpoint] > most:
            continue
        seen = visit(browser, address, endpoint)
        found.visits.append(seen)
        for link in links(browser.app, seen):
            if link not in found.found_on and (files or not FILE.search(link)):
                found.found_on[link] = address
                waiting.append(link)
    return found


def links(app: Flask, seen: Visit) -> list[str]:
    """The addresses of this site that a page names, without what follows the #."""
    if seen.page.location:
        named = [seen.page.location]
    else:
        named = [str(one.get("href") or one.get("src")) for one in seen.page.html.select("a[href], [src], link[href]")]
        named += [str(one["hx-get"]) for one in seen.page.html.select("[hx-get]")]
        named += [str(one["action"]) for one in seen.page.html.select("form[action]:not([method=post])")]
    found = [of_this_site(app, seen.address, address) for address in named]
    return [address for address in found if address is not None]


def of_this_site(app: Flask, here: str, named: str) -> str | None:
    """The path and query of a link, or none when it leads elsewhere (a telephone, another site)."""
    parts = urlsplit(urljoin(f"http://localhost{here}", named))
    own = urlsplit(app.config["PUBLIC_ADDRESS"])
    if parts.scheme not in ("http", "https") or parts.netloc not in ("localhost", own.netloc):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def endpoint_of(app: Flask, address: str, *, method: str = "GET") -> str | None:
    """Which endpoint answers this address; none when nothing does."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(unquote(urlsplit(address).path), method=method)
    except RequestRedirect as redirect:
        return endpoint_of(app, urlsplit(redirect.new_url).path, method=method)
    except HTTPException:
        return None
    return str(endpoint)
