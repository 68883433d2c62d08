"""What a browser receives: the first page with everything it asks for, then the next pages alone."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

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


def next_pages(found: Sequence[Visit]) -> list[tuple[Visit, tuple[int, ...]]]:
    """Each page by each encoding, its files being kept a year by the browser; the heaviest over HTTPS first."""
    pages = [visit for visit in found if visit.open().is_page]
    weights = [(visit, tuple(transferred(visit, encoding) for encoding in ENCODINGS.values())) for visit in pages]
    return sorted(weights, key=lambda weighed: weighed[1], reverse=True)


def kilobytes(weight: int) -> str:
    return f"{weight / 1000:.1f}"


def report(app: Flask) -> str:
    first = [first_page(app, encoding) for encoding in ENCODINGS.values()]
    rows = [(address.split("?")[0], *(kilobytes(one[address]) for one in first)) for address in first[0]]
    total = ("the first page and its files", *(kilobytes(sum(one.values())) for one in first))
    following = [visit for account in ACCOUNTS for visit in visits(app, account)]
    title = f"Weight of the first page, kB; aim under {MOST_FIRST}"
    return "\n".join((table(title, ("file", *ENCODINGS), [*rows, total]), told(following)))


def told(found: Sequence[Visit]) -> str:
    """The table of these next pages, and how many are within the aim."""
    weighed = next_pages(found)
    next_rows = [
        (visit.account, visit.endpoint, *map(kilobytes, weights), "over" if weights[0] > MOST_NEXT * 1000 else "")
        for visit, weights in weighed
    ]
    light = sum(weights[0] <= MOST_NEXT * 1000 for _, weights in weighed)
    headings = ("account", "page", *ENCODINGS, "")
    return "\n".join(
        (
            table(f"Weight of the next pages, kB; aim under {MOST_NEXT}", headings, next_rows, words=2),
            f"\n{light} of {len(next_rows)} next pages under {MOST_NEXT} kB over HTTPS.",
        )
    )
