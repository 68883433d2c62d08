"""Every line that may be claimed, was claimed, or is refused with its reason. Source: domain, sections 9 and 10.

A line once: year 1 once, an update once per later year of the mission, a crisis line per recognised crisis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from crisis_plan import clock
from crisis_plan.funding import queries
from crisis_plan.funding.claimed_versions import rate_day, versions_of_year
from crisis_plan.funding.computations import Computation, CrisisCase, Situation
from crisis_plan.funding.lines import ClaimState, Doubt, FundingLine
from crisis_plan.funding.models import Claim
from crisis_plan.funding.rates import PROVISION_2021
from crisis_plan.funding.rules import compute
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.publication import queries as publications
from crisis_plan.publication.models import Publication
from crisis_plan.web.formats import long_date, short_date
from crisis_plan.yearly_update.deadlines.rules import MissionYear, mission_years

YEAR_1, PROVISION = "year-1", "provision-2021"


@dataclass(frozen=True)
class Offer:
    """A line of this CPTS, its amount or its refusal, and the claim that was made of it."""

    line: FundingLine
    subject: str
    """What may be claimed once."""
    title: str
    mission_year: int | None
    crisis: Crisis | None
    on: date
    computation: Computation
    refusal: str
    """Why it cannot be claimed now; empty when it can, or was."""
    claim: Claim | None = None

    @property
    def is_open(self) -> bool:
        """Whether a claim may be begun: none was, and nothing refuses it."""
        return self.claim is None and not self.refusal

    @property
    def possible_cents(self) -> int:
        """What may still be asked of it."""
        is_asked = self.claim is not None and self.claim.state is not ClaimState.PREPARING
        return 0 if self.refusal or is_asked else self.computation.total_cents


Priced = Callable[..., Computation]


def offers(cpts: Cpts, today: date) -> tuple[Offer, ...]:
    """Every line of this CPTS, in the order of the mission then of the crises; nine statements at most."""
    return survey(cpts, today, queries.live_claims(cpts)).offers


@dataclass(frozen=True)
class Survey:
    """Every line, and the situation that it was computed from."""

    situation: Situation
    offers: tuple[Offer, ...]

    @property
    def doubts(self) -> frozenset[Doubt]:
        """What concerns this CPTS today: asked of one of its lines, or answered."""
        return (
            frozenset(doubt for one in self.offers for doubt in one.computation.doubts) | self.situation.answers.keys()
        )


def survey(cpts: Cpts, today: date, claims: Sequence[Claim], written: Sequence[Publication] | None = None) -> Survey:
    """The lines of this CPTS, each with its claim among these; `written`: its versions, where they are read already."""
    known_versions = publications.written(cpts) if written is None else written
    versions = [one for one in known_versions if one.dated_on <= today]
    situation = queries.situation_with(cpts, versions[0].dated_on if versions else None)
    price = partial(compute, situation=situation, sets=queries.rate_sets())
    years = mission_years(situation.mission_started_on, today)
    found = [
        _first_writing(versions, years, situation, today, price),
        *_updates(versions, years, today, price),
        *_crises(cpts, price),
        *_provision(situation, price),
    ]
    known = {claim.subject: claim for claim in claims}
    return Survey(situation, tuple(replace(one, claim=known.get(one.subject)) for one in found))


def offer_for(cpts: Cpts, subject: str, today: date) -> Offer | None:
    """The line that may be claimed once under this name."""
    return next((one for one in offers(cpts, today) if one.subject == subject), None)


def crisis_subject(crisis: Crisis) -> str:
    return f"crisis-{crisis.id}"


def update_subject(year: int) -> str:
    return f"year-{year}"


def _first_writing(
    versions: Sequence[Publication], years: Sequence[MissionYear], situation: Situation, today: date, price: Priced
) -> Offer:
    line, started_on = FundingLine.FIRST_WRITING, situation.mission_started_on
    on = rate_day(versions_of_year(versions, 1, years), started_on) or max(today, started_on or date.min)
    computation = price(line, on=on)
    refusal = computation.refusal
    if not refusal and started_on and started_on > today:
        refusal = f"La mission commence le {long_date(started_on)}."
    return Offer(line, YEAR_1, "Première rédaction du plan", 1, None, on, computation, refusal)


def _updates(
    versions: Sequence[Publication], years: Sequence[MissionYear], today: date, price: Priced
) -> Iterator[Offer]:
    for known in years[1:]:
        year, starts_on, ends_on = known.number, known.starts_on, known.ends_on
        if starts_on > today:
            break
        updated_on = rate_day(versions_of_year(versions, year, years), starts_on)
        computation = price(FundingLine.UPDATE, on=updated_on or min(today, ends_on), mission_year=year)
        refusal = computation.refusal or ("" if updated_on else _no_update(versions, starts_on, ends_on, today))
        title = f"Mise à jour, année {year} de la mission"
        yield Offer(FundingLine.UPDATE, update_subject(year), title, year, None, computation.on, computation, refusal)


def _no_update(versions: Sequence[Publication], starts_on: date, ends_on: date, today: date) -> str:
    """Why the update of this year is not there."""
    if today <= ends_on:
        return f"Mise à jour à publier au plus tard le {long_date(ends_on)}."
    if versions[0].dated_on > ends_on:
        return "Aucun plan n’était encore écrit pendant cette année de la mission."
    return f"Aucune mise à jour n’a été publiée du {short_date(starts_on)} au {short_date(ends_on)}."


def _crises(cpts: Cpts, price: Priced) -> Iterator[Offer]:
    recognised = facts.recognitions(cpts)
    for crisis in crises.real_crises(cpts):
        case = _case(cpts, crisis, recognised)
        computation = price(FundingLine.CRISIS, on=case.recognised_on or case.began_on, crisis=case)
        title = f"{crisis.name}\u00a0: {crisis.title}"
        yield Offer(
            FundingLine.CRISIS, crisis_subject(crisis), title, None, crisis, computation.on, computation,
            computation.refusal,
        )  # fmt: skip


def _case(cpts: Cpts, crisis: Crisis, recognised: Mapping[UUID, CrisisFact]) -> CrisisCase:
    """It began when it was opened here, or when it was recognised if that was earlier."""
    fact = recognised.get(crisis.id)
    recognised_on = clock.local(fact.happened_at, cpts).date() if fact else None
    opened_on = clock.local(crisis.opened_at, cpts).date()
    return CrisisCase(min(opened_on, recognised_on or opened_on), recognised_on, crisis.is_exercise)


def _provision(situation: Situation, price: Priced) -> Iterator[Offer]:
    """Offered to who says when it joined."""
    if situation.joined_on is None:
        return
    line = FundingLine.PROVISION_2021
    computation = price(line, on=PROVISION_2021.in_force_from)
    yield Offer(line, PROVISION, line.label, None, None, computation.on, computation, computation.refusal)
