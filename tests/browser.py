"""A browser without a screen: it signs in, follows, submits, and checks every page that it is given."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from contextvars import Context
from functools import cached_property
from hashlib import blake2b
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, url_for
from html5lib import HTMLParser
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

IGNORED_PARSE_ERRORS: frozenset[str] = frozenset()


class Page:
    """An answer, as a person reads it."""

    def __init__(self, browser: Browser, response: TestResponse) -> None:
        self.browser, self.response = browser, response
        self.status: int = response.status_code
        self.location: str = response.headers.get("Location", "")
        self.is_html = response.mimetype == "text/html" and not self.location
        self.source = response.get_data(as_text=True) if self.is_html else ""
        if self.is_html and "<html" in self.source:
            check_page(self.source)

    @cached_property
    def html(self) -> BeautifulSoup:
        """The page as elements to look for: read when a test looks for one."""
        return BeautifulSoup(self.source, "html.parser")

    @property
    def text(self) -> str:
        """What is written on the page, with single spaces."""
        main = self.html.select_one("main") or self.html
        return " ".join(main.get_text(" ").split())

    def texts(self, selector: str) -> list[str]:
        """What each matching element says."""
        return [" ".join(found.get_text(" ").split()) for found in self.html.select(selector)]

    def links(self, selector: str = "main a") -> dict[str, str]:
        """Links by what they say."""
        return {" ".join(a.get_text(" ").split()): str(a.get("href", "")) for a in self.html.select(selector)}

    def follow(self) -> Page:
        """The page that a redirect leads to."""
        assert self.location, f"no redirect: {self.status} {self.text[:300]}"
        return self.browser.open(self.location)

    @property
    def content(self) -> bytes:
        return self.response.get_data()


class Browser:
    """One person's browser; `cpts` is the CPTS whose pages they look at."""

    def __init__(self, app: Flask, account: Account | None = None, cpts: Cpts | None = None) -> None:
        self.app, self.account, self.cpts = app, account, cpts
        self.client = app.test_client()
        if account is not None:
            with self.client.session_transaction() as session:
                session["_user_id"] = account.get_id()
                session["_fresh"] = True

    def address(self, endpoint: str, **values: Any) -> str:
        """Where this endpoint is; the slug of the browser's CPTS is filled."""
        if endpoint.startswith("cpts.") and self.cpts is not None:
            values.setdefault("slug", self.cpts.slug)
        with self.app.test_request_context():
            return url_for(endpoint, **values)

    def open(self, address: str, **options: Any) -> Page:
        return self._request("GET", address, **options)

    def get(self, endpoint: str, **values: Any) -> Page:
        return self.open(self.address(endpoint, **values))

    def fragment(self, endpoint: str, **values: Any) -> Page:
        """What htmx gets at this address."""
        return self.open(self.address(endpoint, **values), headers={"HX-Request": "true"})

    def post(self, endpoint: str, fields: dict[str, Any] | None = None, **values: Any) -> Page:
        """Post fields to an endpoint; the token is a real one, creation keys are filled when absent."""
        return self.send(self.address(endpoint, **values), fields or {})

    def send(self, address: str, fields: dict[str, Any]) -> Page:
        """Post these fields, with a valid token."""
        typed = {"csrf_token": self.csrf_token(), **fields}
        return self._request("POST", address, data=typed, headers={"Sec-Fetch-Site": "same-origin"})

    def submit(self, page: Page, form: str = "main form", fields: dict[str, Any] | None = None) -> Page:
        """Fill a form found on a page and send it where it says."""
        found = page.html.select_one(form)
        assert found is not None, f"no form {form!r} on the page"
        typed = {**filled(found), **(fields or {})}
        address = str(found.get("action") or page.response.request.path)
        if str(found.get("method", "get")).lower() == "get":
            return self.open(address, query_string=typed)
        return self._request("POST", address, data=typed, headers={"Sec-Fetch-Site": "same-origin"})

    def csrf_token(self) -> str:
        """The token of this browser's session, as a page would give it, without asking for a page."""
        with self.client.session_transaction() as session:
            secret = session.setdefault("csrf_token", secrets.token_hex(20))
        token: str = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(secret)
        return token

    def _request(self, method: str, address: str, **options: Any) -> Page:
        """One request, in a context of its own as on a server; what the test holds is read again after it."""
        db.session.rollback()
        response = Context().run(self.client.open, address, method=method, buffered=True, **options)
        db.session.rollback()
        db.session.expire_all()
        return Page(self, response)


def filled(form: Tag) -> dict[str, Any]:
    """What a browser would send of this form, untouched."""
    typed: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type", "text")
        if field.name == "textarea":
            typed[name] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            typed[name] = str(chosen.get("value", "")) if chosen else ""
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                typed.setdefault(name, [])
                typed[name] = [*typed[name], str(field.get("value", "on"))]
        elif kind not in ("file", "submit"):
            typed[name] = str(field.get("value", ""))
    return typed


def check_page(source: str) -> None:
    """Valid HTML, French, one h1, a title, no id twice; a page made like one that was right is right."""
    shape = shape_of(source)
    if shape in _found_right:
        return
    parser = HTMLParser(strict=False, namespaceHTMLElements=False)
    html = parser.parse(source)
    errors = [
        f"{position}: {code} {extra}" for position, code, extra in parser.errors if code not in IGNORED_PARSE_ERRORS
    ]
    assert not errors, f"invalid HTML: {errors[:5]}"
    assert html.get("lang") == "fr"
    assert html.findtext("head/title", "").strip()
    assert len(html.findall(".//h1")) == 1, f"{len(html.findall('.//h1'))} h1 on the page"
    twice = [name for name, count in Counter(found.get("id") for found in html.iter()).items() if name and count > 1]
    assert not twice, f"ids twice: {twice}"
    _found_right.add(shape)


_found_right: set[bytes] = set()
PLAIN_WORDS = re.compile(r">[\w\s.,;:!?’«»()%/+°…–·→-]*\w[\w\s.,;:!?’«»()%/+°…–·→-]*<")
"""Text between two elements, of which no parser ever complains: letters, figures and their punctuation."""
NAMED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SECRET = re.compile(r'(name="(?:csrf_token|creation_key)"[^>]*? value=")[\w.-]+(?=")')


def shape_of(source: str) -> bytes:
    """What a parser could complain of, whatever the words, the tokens, and whichever the rows (each by its rank)."""
    ranks: dict[str, str] = {}
    ranked = NAMED.sub(lambda found: ranks.setdefault(found[0], f"row {len(ranks)}"), SECRET.sub(r"\1", source))
    return blake2b(PLAIN_WORDS.sub(">words<", ranked).encode(), digest_size=16).digest()
