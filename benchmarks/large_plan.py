"""A large plan: 30 action cards and 60 neighbouring plans, against the aims of every page and of every print.

The demonstration's CPTS is grown through its operations – cards copied then reworded for a commune, plans of every kind
with a contact – and publishes. The rooms that hold any of it are then measured as in `pages`, `weight` and `printing`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

from flask import Flask

from benchmarks import pages, printing, weight
from benchmarks.demo import told_demo
from benchmarks.visits import Visit, visits
from crisis_plan import clock
from crisis_plan.access.queries import account_by_email, cpts_by_slug
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.responses import operations as responses
from crisis_plan.adaptation.responses.descriptions import NAMED, WORDS, CardDescription
from crisis_plan.adaptation.responses.queries import whole_cards
from crisis_plan.adaptation.responses.steps import StepDescription, change_step
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.db import commit
from crisis_plan.demo import story
from crisis_plan.document.blocks import Part
from crisis_plan.organisations.queries import territory
from crisis_plan.orsan.catalogue import NeighbourKind, OrsanPlan, orsan_plans
from crisis_plan.orsan.neighbours import operations as neighbours
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription
from crisis_plan.orsan.neighbours.queries import plans
from crisis_plan.publication import operations as publication
from crisis_plan.publication.rules import PublicationKind

if TYPE_CHECKING:
    from uuid import UUID

    from crisis_plan.access.models import Account
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.organisations.models import Cpts

CARDS, NEIGHBOURS = 30, 60
ACCOUNTS = ("referent", "adherent", "ars")
ROOMS = frozenset(
    {
        *("dashboard", "plan", "publication", "opinions", "risks", "responses", "own_cards"),
        *("levels", "arrangements", "orsan", "neighbours"),
    }
)
"""The rooms of a CPTS that show cards or neighbouring plans, or say what is missing of them."""
ON_PAPER = frozenset({"cpts.responses.booklet", "cpts.responses.public_booklet"})
"""Timed against WeasyPrint, and too long to be opened forty times."""
ASKS = "Prévenir le correspondant de {} dès la pré-alerte, et tenir à sa disposition la liste des volontaires."
ASKED = "Être avertie par {} des fermetures, et recevoir chaque matin ce qui reste ouvert."
NEVER_SEEN, TO_CHECK = 5, 4
"""Of so many plans, one was never seen; of so many, one was seen more than a year ago."""


@contextmanager
def large_plan() -> Iterator[Flask]:
    """The demonstration, told, grown and published."""
    with told_demo() as app:
        with app.test_request_context():
            grow(cards=CARDS, neighbours=NEIGHBOURS)
            publish()
        gc.collect()
        yield app


def grow(*, cards: int, neighbours: int) -> None:
    """Cards and neighbouring plans, until there are so many."""
    cpts, by, at = acting()
    places = [one.name for one in territory(cpts).communes]
    told = whole_cards(cpts)
    for card, place in zip(islice(cycle(told), cards - len(told)), places, strict=False):
        copy_for(cpts, card, place, by=by, at=at)
    add_plans(cpts, neighbours - len(plans(cpts)), places, by=by, at=at)
    commit()


def copy_for(cpts: Cpts, card: ActionCard, place: str, *, by: Account, at: datetime) -> None:
    """A card with the title and the steps of a place: a printer and a compressor find few lines twice."""
    made = responses.copy(cpts, card, by=by, at=at)
    described = CardDescription(
        **{name: getattr(made, name) for name in WORDS} | {"title": f"{card.title} – {place}"},
        **{name: frozenset(one.id for one in getattr(made, name)) for name in NAMED},
        crisis_types=tuple(crisis_types(made.crisis_types)),
        orsan_plans=tuple(orsan_plans(made.orsan_plans)),
        professions=tuple(made.professions),
    )
    responses.change(cpts, made, described, seen_version=made.version, reread_on=at.date(), by=by, at=at)
    for step in list(made.steps):
        told = StepDescription(
            step.phase,
            f"{step.text} ({place})",
            *(step.function_id, step.who, step.delay_minutes, step.care, step.proof),
        )
        change_step(step, told, seen_version=step.version, by=by, at=at)


def add_plans(cpts: Cpts, count: int, places: list[str], *, by: Account, at: datetime) -> None:
    """Plans of every kind, each with a contact of the directory who has a telephone."""
    called = [one.id for one in directory.contacts(cpts, directory.Filters()) if one.phones]
    for rank in range(count):
        described = plan_of(rank, places[rank % len(places)], called[rank % len(called)], today=at.date())
        neighbours.add(cpts, described, today=at.date(), by=by, at=at)


def plan_of(rank: int, place: str, contact_id: UUID, *, today: date) -> NeighbourDescription:
    """The plan of this rank: kinds, crisis types and ORSAN plans in turn, some to be looked at again, some never seen."""
    kinds, types, orsan = list(NeighbourKind), list(CrisisType), list(OrsanPlan)
    kind = kinds[rank % len(kinds)]
    described = NeighbourDescription(
        f"{kind.label} – {place}",
        kind,
        own_kind="Plan d’une association" if kind is NeighbourKind.OTHER else "",
        owner=f"{kind.keeper.capitalize()} ({place})",
        contact_id=contact_id,
        asks_of_cpts=ASKS.format(place),
        asked_by_cpts=ASKED.format(place),
        crisis_types=(types[rank % len(types)], types[(rank + rank // len(types)) % len(types)])[: 1 + rank % 2],
        orsan_plans=(orsan[rank % len(orsan)],),
    )
    if rank % NEVER_SEEN == 0:
        return replace(described, whereabouts="En mairie, sur demande")
    seen_on = today - timedelta(days=400 if rank % TO_CHECK == 0 else 3 * rank)
    return replace(described, edition=f"Édition {seen_on.year}", edition_seen_on=seen_on)


def publish() -> None:
    cpts, by, at = acting()
    publication.publish(
        cpts,
        kind=PublicationKind.PUBLISHED,
        adopted_by="le conseil d’administration",
        adopted_on=at.date(),
        by=by,
        at=at,
        today=at.date(),
    )
    commit()


def acting() -> tuple[Cpts, Account, datetime]:
    """The CPTS of the demonstration, its referent, now."""
    cpts, by = cpts_by_slug(story.SLUG), account_by_email("referent@demo.example")
    assert cpts is not None
    assert by is not None
    return cpts, by, clock.now()


def rooms(app: Flask, *, accounts: tuple[str, ...] = ACCOUNTS) -> list[Visit]:
    """What these accounts reach by links, in the rooms that are measured."""
    found = (visit for account in accounts for visit in visits(app, account))
    return [visit for visit in found if is_in_a_room(visit.endpoint)]


def is_in_a_room(endpoint: str) -> bool:
    """`cpts.responses.show` is, `cpts.stock.show` is not; a booklet is a print."""
    site, _, page = endpoint.partition(".")
    return site == "cpts" and page.partition(".")[0] in ROOMS and endpoint not in ON_PAPER


def report() -> str:
    with large_plan() as app:
        found = rooms(app)
        whole = printing.published(app)
        cards = replace(whole, chapters=tuple(one for one in whole.chapters if one.part is Part.CARD))
        booklet = printing.compared(
            app, cards, rounds=printing.ROUNDS, printers=(printing.BOOKLET, printing.WEASYPRINT)
        )
        return "\n".join(
            (
                f"\nA plan with {len(cards.chapters)} action cards and {NEIGHBOURS} neighbouring plans",
                pages.told(*pages.measured(app, found)),
                weight.told(found),
                printing.report(app),
                printing.told(f"Booklet of {len(cards.chapters)} cards", booklet),
            )
        )
