"""Server time of every page that the demonstration's accounts reach, against a bare view of ten SELECTs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from benchmarks.demo import ACCOUNTS
from benchmarks.table import table
from benchmarks.timing import Times
from benchmarks.visits import Answer, Visit, opened, visits
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import db

ROUNDS = 40
MOST_TIMES = 3
MOST_STATEMENTS = 12
EXCEPTED = "cpts.publication.show"
"""The plan's full page on screen: reported, without aim."""


@dataclass
class Cost:
    """What opening something again and again took: by the clock, and of a processor."""

    clock: Times = field(default_factory=Times)
    cpu: Times = field(default_factory=Times)

    def add(self, answer: Answer) -> None:
        self.clock.taken.append(answer.seconds)
        self.cpu.taken.append(answer.cpu_seconds)


@dataclass
class Measured:
    """One page, and what it cost."""

    visit: Visit
    answer: Answer
    statements: int
    cost: Cost = field(default_factory=Cost)

    @property
    def has_aim(self) -> bool:
        return self.answer.is_page and self.visit.endpoint != EXCEPTED


def bare_view(app: Flask) -> Callable[[], Answer]:
    """A Flask application with one view and nothing else: ten SELECTs of one contact each, by its id.

    Same process, same engine (its pragmas, its pool), one connection and one BEGIN for the ten, SQLAlchemy Core, rows
    fetched, a line of text answered. No session, no sign-in, no template, no compression.
    """
    bare = Flask("bare")
    contacts = Contact.__table__
    with app.app_context():
        engine = db.engine
        ids = list(db.session.scalars(sa.select(contacts.c.id).limit(10)))

    @bare.get("/")
    def ten_selects() -> str:
        with engine.connect() as connection:
            found = [connection.execute(sa.select(contacts).where(contacts.c.id == one)).one() for one in ids]
        return f"{len(found)} contacts"

    return lambda: opened(bare, EnvironBuilder("/").get_environ())


def measure(app: Flask, *, accounts: tuple[str, ...] = ACCOUNTS, rounds: int = ROUNDS) -> tuple[Cost, list[Measured]]:
    """Every page that these accounts reach, and the bare view."""
    return measured(app, [visit for account in accounts for visit in visits(app, account)], rounds=rounds)


def measured(app: Flask, found: Sequence[Visit], *, rounds: int = ROUNDS) -> tuple[Cost, list[Measured]]:
    """The bare view and each of these in turn, round after round."""
    bare, reference = bare_view(app), Cost()
    pages = [Measured(visit, visit.open(), visit.statements()) for visit in found]
    bare()
    for _ in range(rounds):
        for page in pages:
            reference.add(bare())
            page.cost.add(page.visit.open())
    return reference, pages


def report(app: Flask) -> str:
    return told(*measure(app))


def told(reference: Cost, pages: list[Measured]) -> str:
    """The table of these pages, the slowest first, and how many are within the aims."""
    pages.sort(key=lambda page: page.cost.clock.p95, reverse=True)
    aimed = [page for page in pages if page.has_aim]
    within = sum(page.cost.clock.p95 <= MOST_TIMES * reference.clock.p95 for page in aimed)
    frugal = sum(page.statements <= MOST_STATEMENTS for page in pages)
    cheap = sum(page.cost.cpu.median <= MOST_TIMES * reference.cpu.median for page in aimed)
    bare = ("", "a bare view of ten SELECTs", "10", *times(reference, reference), "")
    title = f"Server time, {ROUNDS} rounds, interleaved with a bare Flask view of ten SELECTs; aim p95 within {MOST_TIMES} times"
    return "\n".join(
        (
            table(title, HEADINGS, [bare, *(row(page, reference) for page in pages)], words=2),
            f"\n{within} of {len(aimed)} pages within {MOST_TIMES} times at p95; {cheap} by processor time (median).",
            f"{frugal} of {len(pages)} within {MOST_STATEMENTS} statements.",
        )
    )


HEADINGS = ("account", "page", "SQL", "median ms", "p95 ms", "× p95", "CPU ms", "× CPU", "")


def row(page: Measured, reference: Cost) -> tuple[str, ...]:
    visit = page.visit
    return (visit.account, visit.endpoint, str(page.statements), *times(page.cost, reference), mark(page, reference))


def times(cost: Cost, reference: Cost) -> tuple[str, ...]:
    return (
        f"{cost.clock.median * 1000:.1f}",
        f"{cost.clock.p95 * 1000:.1f}",
        f"{cost.clock.p95 / reference.clock.p95:.1f}",
        f"{cost.cpu.median * 1000:.1f}",
        f"{cost.cpu.median / reference.cpu.median:.1f}",
    )


def mark(page: Measured, reference: Cost) -> str:
    """A word for what has no aim, or misses it."""
    if not page.answer.is_page:
        return "file"
    if not page.has_aim:
        return "whole plan"
    return "over" if page.cost.clock.p95 > MOST_TIMES * reference.clock.p95 else ""
