"""What a device keeps of a crisis, to be read without network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.devices.rules import MOVES, SETTLES
from crisis_plan.publication import queries as publications


@dataclass(frozen=True)
class KeptPage:
    """A page, and how old the copy of a device may become, in seconds."""

    title: str
    address: str
    may_be_old: int


@dataclass(frozen=True)
class KeptGroup:
    """Pages under one heading."""

    title: str
    pages: tuple[KeptPage, ...]


ROOMS = (
    ("Salle de crise", "cpts.room.show"),
    ("Journal", "cpts.logbook.index"),
    ("Tâches", "cpts.crisis_tasks.index"),
    ("Fonctions", "cpts.crisis_functions.index"),
)


def kept_pages(cpts: Cpts, crisis: Crisis) -> list[KeptGroup]:
    """The crisis, whom to call, the plan in force and the cards, two statements; nothing of a crisis that is closed."""
    if not crisis.is_open:
        return []
    rooms = tuple(KeptPage(title, url_for(endpoint, crisis_id=crisis.id), MOVES) for title, endpoint in ROOMS)
    called = (
        KeptPage("Annuaire de poche", url_for("cpts.devices.pocket", crisis_id=crisis.id), SETTLES),
        KeptPage("Cellule de crise", url_for("cpts.crisis_cell.index"), SETTLES),
    )
    groups = (
        KeptGroup(crisis.name, rooms),
        KeptGroup("Qui appeler", called),
        KeptGroup("Plan", tuple(_plan(cpts))),
        KeptGroup("Fiches actions", tuple(_cards(cpts))),
    )
    return [group for group in groups if group.pages]


def _plan(cpts: Cpts) -> Iterator[KeptPage]:
    version = publications.current(cpts)
    if version is not None:
        address = url_for("cpts.publication.show", place="", number=version.number)
        yield KeptPage(version.name, address, SETTLES)


def _cards(cpts: Cpts) -> Iterator[KeptPage]:
    for number, (card_id, title) in enumerate(responses.titles(cpts), start=1):
        yield KeptPage(f"Fiche {number}\u00a0: {title}", url_for("cpts.responses.phone", card_id=card_id), SETTLES)
