"""What an account of the demonstration can open by following links, and the server time of one opening."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any
from urllib.parse import urljoin, urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.demo import signed_in
from crisis_plan.db import db

LINKS = re.compile(r'(?:href|hx-get)="([^"#]+)')
OVER_HTTPS, OVER_HTTP = "gzip, deflate, br, zstd", "gzip, deflate"
"""The encodings that Chromium and Firefox accept."""
ADDRESSES_EACH = 4
"""How many addresses of one page are opened to find its slowest, and to find more links."""


@dataclass(frozen=True)
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes
    seconds: float
    cpu_seconds: float

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


@dataclass(frozen=True)
class Visit:
    """One address, opened by one account."""

    app: Flask
    account: str
    endpoint: str
    address: str
    cookie: str

    def environ(self, encoding: str) -> dict[str, Any]:
        headers = [("Cookie", self.cookie), ("Accept-Encoding", encoding), ("Accept", "text/html")]
        return EnvironBuilder(self.address, headers=headers).get_environ()

    def open(self, encoding: str = OVER_HTTPS) -> Answer:
        """The server's whole work, compression included, and nothing of a client or a network."""
        return opened(self.app, self.environ(encoding))

    def statements(self) -> int:
        """How many SQL statements this page costs."""
        sent: list[str] = []
        with self.app.app_context():
            engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            self.open()
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return sum(not statement.startswith("BEGIN") for statement in sent)


def opened(app: Any, environ: dict[str, Any]) -> Answer:
    """One request through a WSGI application, its answer read to the end."""
    started, worked = perf_counter(), thread_time()
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    content = b"".join(body)
    return Answer(status, dict(headers), content, perf_counter() - started, thread_time() - worked)


def visits(app: Flask, account: str) -> list[Visit]:
    """The slowest address found of each page and file that this account reaches from the home page by links."""
    slowest: dict[str, tuple[float, Visit]] = {}
    for visit, answer in crawl(app, account):
        seconds = min(answer.cpu_seconds, visit.open().cpu_seconds)
        if answer.status.startswith("200") and seconds > slowest.get(visit.endpoint, (0.0, None))[0]:
            slowest[visit.endpoint] = (seconds, visit)
    return [visit for _, visit in slowest.values()]


def crawl(app: Flask, account: str) -> Iterator[tuple[Visit, Answer]]:
    """Home, then every link, a few addresses of each page."""
    cookie, seen, waiting = signed_in(app, account), {"/"}, deque(["/"])
    opened_of: dict[str, int] = {}
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        if endpoint in (None, "static") or opened_of.get(endpoint, 0) >= ADDRESSES_EACH:
            continue
        opened_of[endpoint] = opened_of.get(endpoint, 0) + 1
        visit = Visit(app, account, endpoint, address, cookie)
        answer = visit.open("identity")
        yield visit, answer
        for link in links(answer):
            target = urljoin(address, link)
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def links(answer: Answer) -> list[str]:
    """Where this answer leads, on this site."""
    if location := answer.headers.get("Location"):
        return [location]
    if not answer.is_page:
        return []
    found = (html.unescape(link) for link in LINKS.findall(answer.body.decode()))
    return [link for link in found if not urlsplit(link).scheme]


def endpoint_of(app: Flask, address: str) -> str | None:
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, "GET")[0])
    except HTTPException:
        return None
