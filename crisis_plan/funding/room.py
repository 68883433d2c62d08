"""The money room: what can be claimed now, what was, and five years at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan.funding import queries
from crisis_plan.funding.claims.standing import refused_since
from crisis_plan.funding.computations import Situation
from crisis_plan.funding.five_years import Dated, Money, Row, Year, by_year, claimed_money
from crisis_plan.funding.lines import ClaimState
from crisis_plan.funding.models import Claim
from crisis_plan.funding.offers import Offer, survey
from crisis_plan.funding.rates import RateSet
from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.deadlines.rules import mission_years

WAITED_FOR = (ClaimState.PREPARING, ClaimState.COMPLEMENT)


@dataclass(frozen=True)
class Room:
    """Everything that its page says."""

    situation: Situation
    offers: Sequence[Offer]
    years: Sequence[Year]
    claims: Sequence[Claim]
    """Begun, submitted or recorded as claimed outside; the latest first."""
    dropped: Sequence[Claim]
    """Given up before they were submitted, or withdrawn after they were recorded; the latest first."""

    @property
    def open(self) -> list[Offer]:
        """What a claim may be begun of."""
        return [one for one in self.offers if one.is_open]

    @property
    def refused(self) -> list[Offer]:
        """What cannot be claimed now, each with its reason."""
        return [one for one in self.offers if one.claim is None and one.refusal]

    @property
    def refused_since(self) -> list[tuple[Claim, str]]:
        """The submitted claims whose line would be refused today, each with its reason."""
        lines = {one.subject: one for one in self.offers}
        found = [(claim, refused_since(claim, lines.get(claim.subject))) for claim in self.claims]
        return [(claim, reason) for claim, reason in found if reason]

    @property
    def to_submit(self) -> list[Claim]:
        """What was begun, or waits for a complement, and may be submitted today."""
        return [
            one.claim
            for one in self.offers
            if one.claim and not one.claim.is_outside and one.claim.state in WAITED_FOR and not one.refusal
        ]

    @property
    def rate_sets(self) -> list[RateSet]:
        """Those that the amounts shown come from, each with its source."""
        used = {
            one.computation.rate_set.key: one.computation.rate_set for one in self.offers if one.computation.rate_set
        }
        return list(used.values())

    @property
    def total(self) -> Money:
        return sum((year.money for year in self.years), Money())

    @property
    def is_ceiling(self) -> bool:
        """Whether what is still possible is « jusqu’à »."""
        return any(year.is_ceiling for year in self.years)

    @property
    def asks_up_to(self) -> bool:
        """Whether what was asked is « jusqu’à »."""
        return any(year.asks_up_to for year in self.years)

    @property
    def largest(self) -> int:
        """What the widest bar stands for."""
        return max((year.money.widest for year in self.years), default=0)


def room(cpts: Cpts, today: date) -> Room:
    """What the CPTS may claim, claimed, was paid; ten statements at most."""
    every = sorted(queries.every_claim(cpts, with_revisions=True), key=lambda claim: claim.number, reverse=True)
    claims = [one for one in every if one.state is not ClaimState.ABANDONED]
    known = survey(cpts, today, claims)
    years = by_year(_dated(known.offers, claims), mission_years(cpts.mission_started_on, today), today)
    dropped = [one for one in every if one.state is ClaimState.ABANDONED]
    return Room(known.situation, known.offers, years, claims, dropped)


def _dated(found: Sequence[Offer], claims: Sequence[Claim]) -> Iterator[Dated]:
    """A row for each line that has money, and for each claim whose line is offered no more."""
    for offer in found:
        money = claimed_money(offer.claim, offer.possible_cents)
        is_outside = offer.claim is not None and offer.claim.is_outside
        if offer.claim or money.possible:
            row = Row(
                offer.line,
                offer.title,
                money,
                offer.computation.is_ceiling,
                is_outside,
                offer.claim.state if offer.claim else None,
                offer.claim is not None and not offer.claim.asks_up_to,
            )
            yield Dated(row, offer.mission_year, offer.on)
    known = {offer.subject for offer in found}
    for claim in claims:
        if claim.subject not in known:
            row = Row(
                claim.line,
                claim.title,
                claimed_money(claim, 0),
                claim.line.is_ceiling,
                claim.is_outside,
                claim.state,
                not claim.asks_up_to,
            )
            yield Dated(row, claim.mission_year, claim.steps[0].dated_on if claim.steps else None)


@dataclass(frozen=True)
class Missing:
    """What the amounts lack, and who says it where."""

    sentence: str
    action: str
    endpoint: str


def missing(situation: Situation) -> tuple[Missing, ...]:
    """What must be said before the amounts can be known."""
    found = []
    if situation.mission_started_on is None:
        found.append(
            Missing(
                "Le début de la mission n’est pas renseigné\u00a0: les lignes se comptent par année de la mission.",
                "Renseigner le début de la mission",
                "cpts.deadlines.contract",
            )
        )
    if situation.standing.size is None:
        found.append(
            Missing(
                f"La taille n’est pas établie\u00a0: {situation.standing.reason.label}.",
                "Voir la situation de la CPTS",
                "cpts.funding.situation",
            )
        )
    return tuple(found)
