"""The area as a spreadsheet: what its page shows, and nothing more."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.opinions.queries import Tally
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.rules import version_name
from crisis_plan.regional.queries import Line, OnDuty
from crisis_plan.web.formats import number, short_date, telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.referents.queries import OnDuty as Held

HEADINGS = (
    "CPTS",
    "Départements",
    "Référent titulaire",
    "Téléphones du titulaire",
    "Titulaire vérifié le",
    "Référent suppléant",
    "Téléphones du suppléant",
    "Suppléant vérifié le",
    "État du plan",
    "Version",
    "Datée du",
    "Prochaine version attendue le",
    "Motif",
    "Version provisoire du",
    "Avis en attente de la CPTS",
    "Réponses de la CPTS",
    "Bilans partagés",
    "Plan courant",
)
OF_CAISSES = "Demandes à traiter"
NO_OPINION = Tally()


@dataclass(frozen=True)
class Told:
    """What the rooms say of the CPTS of an area, by CPTS."""

    answering: Mapping[uuid.UUID, OnDuty]
    opinions: Mapping[uuid.UUID, Tally]
    debriefs: Mapping[uuid.UUID, int]
    claims: Mapping[uuid.UUID, int] | None = None
    """What awaits the reader’s answer; none: whoever reads is no caisse."""


def headings(told: Told) -> tuple[str, ...]:
    return HEADINGS if told.claims is None else (*HEADINGS, OF_CAISSES)


def rows(found: Sequence[Line], told: Told, address: Callable[[Cpts], str]) -> Iterator[tuple[str, ...]]:
    """A row for each CPTS, under `headings`; `address` gives that of its current PDF."""
    for line in found:
        duties, said = told.answering.get(line.cpts.id, {}), told.opinions.get(line.cpts.id, NO_OPINION)
        yield (
            line.cpts.name,
            line.departements,
            *_person(duties.get(Rank.TITULAR)),
            *_person(duties.get(Rank.DEPUTY)),
            line.standing.state.label,
            *version(line),
            *due(line),
            short_date(line.provisional.dated_on) if line.provisional else "",
            number(said.waiting),
            number(said.answered),
            number(told.debriefs.get(line.cpts.id, 0)),
            address(line.cpts) if line.published else "",
            *(() if told.claims is None else (number(told.claims.get(line.cpts.id, 0)),)),
        )


def version(line: Line) -> tuple[str, str]:
    """The name and the date of the version in force, or of the earlier one."""
    if line.published:
        return (version_name(line.published.kind, line.published.number), short_date(line.published.dated_on))
    return ("Version antérieure" if line.earlier_on else "", short_date(line.earlier_on))


def due(line: Line) -> tuple[str, str]:
    """By when a version is due, and why."""
    return (short_date(line.standing.due.on), line.standing.due.reason) if line.standing.due else ("", "")


def _person(held: Held | None) -> tuple[str, str, str]:
    """Name (and until when they are away), telephones, day of the last verification."""
    if held is None:
        return ("", "", "")
    numbers = " / ".join(
        f"{telephone(phone.number)} (privé)" if phone.is_private else telephone(phone.number)
        for phone in held.contact.phones_direct_first
    )
    name = f"{held.contact.name} ({held.absence.lower()})" if held.absence else held.contact.name
    return (name, numbers, short_date(held.contact.verified_on))
