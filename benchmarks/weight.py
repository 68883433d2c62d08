"""What a browser receives: the first page with everything it asks for, then the next pages alone."""

from __future__ import annotations

import html
import re

from flask import Flask

from benchmarks.demo import ACCOUNTS
from benchmarks.table import table
from benchmarks.visits import OVER_HTTP, OVER_HTTPS, Visit, visits

MOST_FIRST, MOST_NEXT = 100, 15
"""Kilobytes, compressed (style.md)."""
ENCODINGS = {"https": OVER_HTTPS, "http": OVER_HTTP, "br, gzip": "br, gzip"}
"""What browsers accept over HTTPS and over HTTP, and the plainest pair."""
ASSETS = re.compile(r'<(?:script|link)\b[^>]*?(?:src|href)="(/static/[^"]+)"')


def transferred(visit: Visit, encoding: str) -> int:
    """The body of this answer and its headers, as they leave the server (over HTTP/1.1)."""
    answer = visit.open(encoding)
    headers = sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer.headers.items())
    return len(answer.body) + headers


def first_page(app: Flask, encoding: str) -> dict[str, int]:
    """The sign-in page of someone who has never been here, and each file that it names."""
    page = Visit(app, "", "access.sign_in", "/connexion", "")
    names = dict.fromkeys(html.unescape(name) for name in ASSETS.findall(page.open("identity").body.decode()))
    files = [Visit(app, "", "static", name, "") for name in names]
    return {one.address: transferred(one, encoding) for one in (page, *files)}


def next_pages(app: Flask, encoding: str, *, accounts: tuple[str, ...] = ACCOUNTS) -> list[tuple[Visit, int]]:
    """Every page, its files being kept a year by the browser; the heaviest first."""
    found = [visit for account in accounts for visit in visits(app, account)]
    weights = [(visit, transferred(visit, encoding)) for visit in found if visit.open().is_page]
    return sorted(weights, key=lambda weighed: weighed[1], reverse=True)


def kilobytes(weight: int) -> str:
    return f"{weight / 1000:.1f}"


def report(app: Flask) -> str:
    first = [first_page(app, encoding) for encoding in ENCODINGS.values()]
    rows = [(address.split("?")[0], *(kilobytes(one[address]) for one in first)) for address in first[0]]
    total = ("the first page and its files", *(kilobytes(sum(one.values())) for one in first))
    following = [next_pages(app, encoding) for encoding in ENCODINGS.values()]
    weights = [{(visit.account, visit.endpoint): weight for visit, weight in one} for one in following]
    next_rows = [
        (*page, *(kilobytes(one[page]) for one in weights), "over" if weight > MOST_NEXT * 1000 else "")
        for page, weight in weights[0].items()
    ]
    light = sum(weight <= MOST_NEXT * 1000 for weight in weights[0].values())
    headings = ("account", "page", *ENCODINGS, "")
    return "\n".join(
        (
            table(f"Weight of the first page, kB; aim under {MOST_FIRST}", ("file", *ENCODINGS), [*rows, total]),
            table(f"Weight of the next pages, kB; aim under {MOST_NEXT}", headings, next_rows, words=2),
            f"\n{light} of {len(next_rows)} next pages under {MOST_NEXT} kB over HTTPS.",
        )
    )
