"""Searching a CPTS of 1 000 contacts among 100 CPTS, against the same CPTS alone in its database.

Both databases are files of their own; the two sides search in turn, word after word, in one run. Contacts of the
hundred CPTS are written in turn, a few of each, so that those of one CPTS do not lie side by side.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from flask import Flask

from benchmarks.demo import empty_installation
from benchmarks.table import table
from benchmarks.timing import interleaved
from crisis_plan.anticipation.directory import bulk, queries
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.filters import Filters
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness
from crisis_plan.db import commit, db
from crisis_plan.organisations.models import Cpts

CONTACTS, MANY, ROUNDS = 1_000, 100, 60
AT_A_TIME = 20
MOST_TIMES = 1.5
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = AT.date()
NAMES = ("Martin", "Bernard", "Durand", "Petit", "Robert", "Richard", "Moreau", "Laurent", "Barthélemy", "Roumanille")
COMMUNES = ("Uzès", "Saint-Chaptes", "Arpaillargues", "Montaren", "Blauzac", "Sanilhac", "Fons", "Garrigues")
ASKED = {
    "a name and a commune": Filters(q="barthelemy uzes"),
    "a profession, being typed": Filters(q="infirm"),
    "nothing: the first page": Filters(),
    "words and three filters": Filters(
        q="martin", kind=ContactKind.ADHERENT, commune="Uzès", freshness=Freshness.STALE, has_email=True, today=TODAY
    ),
}


def drafts(count: int, seed: int) -> Iterator[ContactDraft]:
    """People like those of a territory, the same for the same seed."""
    drawn = random.Random(seed)
    for rank in range(count):
        yield ContactDraft(
            kind=drawn.choice([ContactKind.ADHERENT, ContactKind.PROFESSIONAL]),
            family_name=f"{drawn.choice(NAMES)} {rank}",
            given_name=drawn.choice(("Zoé", "Camille", "Sofiane", "Anne")),
            profession=drawn.choice(PROPOSED),
            joined_on=date(2025, 1, 1),
            verified_on=TODAY - timedelta(drawn.randrange(900)),
            places=(PlaceDraft("Cabinet médical", "1 rue Haute", "30700", drawn.choice(COMMUNES)),),
            phones=(PhoneDraft(f"+3346571{drawn.randrange(10_000):04}"),),
            emails=(EmailDraft(f"personne{rank}@exemple.fr"),) if rank % 3 else (),
        )


def fill(count: int, contacts: int) -> str:
    """This many CPTS of so many contacts each; the slug of the one that is searched."""
    found = [
        Cpts(
            id=uuid.UUID(int=rank + 1),
            slug=f"cpts-{rank}",
            name=f"CPTS {rank}",
            legal_name=f"CPTS {rank}",
            region="76",
            departements=["30"],
            created_at=AT,
        )
        for rank in range(count)
    ]
    db.session.add_all(found)
    db.session.flush()
    # The searched CPTS is in the middle and its contacts are the same in both databases.
    searched = found[count // 2]
    people = {cpts.id: list(drafts(contacts, 0 if cpts is searched else rank)) for rank, cpts in enumerate(found, 1)}
    for start in range(0, contacts, AT_A_TIME):
        for cpts in found:
            bulk.insert(cpts, people[cpts.id][start : start + AT_A_TIME], at=AT, source="banc")
    commit()
    db.session.execute(sa.text("ANALYZE"))
    commit()
    return searched.slug


def search(app: Flask, slug: str, filters: Filters) -> int:
    """What one keystroke asks of the database: the CPTS, how many contacts answer, the first page of them, whole."""
    with app.app_context():
        cpts = db.session.scalars(sa.select(Cpts).where(Cpts.slug == slug)).one()
        page = queries.page(cpts, filters, 1)
        return page.total + sum(len(one.places) + len(one.phones) for one in page.items)


def measure(
    *, many: int = MANY, contacts: int = CONTACTS, rounds: int = ROUNDS
) -> list[tuple[str, float, float, float]]:
    """For each question: seconds alone, seconds among the others, and the ratio, all medians."""
    with ExitStack() as open_apps:
        sides: dict[str, tuple[Flask, str]] = {}
        for name, count in (("alone", 1), ("among", many)):
            app = open_apps.enter_context(empty_installation())
            with app.app_context():
                sides[name] = (app, fill(count, contacts))
        return [(said, *_compared(sides, filters, rounds)) for said, filters in ASKED.items()]


def _compared(sides: dict[str, tuple[Flask, str]], filters: Filters, rounds: int) -> tuple[float, float, float]:
    works: dict[str, Callable[[], object]] = {name: partial(search, *side, filters) for name, side in sides.items()}
    found = {name: work() for name, work in works.items()}
    assert found["alone"] == found["among"], found
    times = interleaved(works, rounds=rounds)
    alone, among = times["alone"].median, times["among"].median
    return alone, among, among / alone


def report() -> str:
    found = measure()
    rows = [(said, f"{alone * 1000:.1f}", f"{among * 1000:.1f}", f"{ratio:.2f}") for said, alone, among, ratio in found]
    title = f"Search in {CONTACTS} contacts, alone and among {MANY} CPTS ({MANY * CONTACTS} contacts), {ROUNDS} rounds, in turn"
    within = sum(ratio <= MOST_TIMES for *_, ratio in found)
    shown = table(title, ("asked", "alone ms", "among ms", "times"), rows)
    return f"{shown}\n\n{within} of {len(found)} within {MOST_TIMES} times the same search alone."
