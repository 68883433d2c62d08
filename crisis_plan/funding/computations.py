"""What an amount is computed from, and what comes out, step by step. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from crisis_plan.funding.lines import ActionsOf2021, Doubt, FundingLine, Majoration
from crisis_plan.funding.rates import RateSet
from crisis_plan.organisations.rules import BOUNDS, Size, SizeReason, SizeStanding
from crisis_plan.web.formats import long_date

RATE_DAYS = {
    FundingLine.FIRST_WRITING: "jour du premier plan écrit, ou du début de la mission s’il vient après",
    FundingLine.UPDATE: "jour de la première version de l’année, qu’une version plus récente ne change pas",
    FundingLine.CRISIS: "jour de la reconnaissance de la crise",
    FundingLine.PROVISION_2021: "premier jour de la disposition pour 2021",
}
"""The day whose set of amounts applies to each line: our reading, the text does not say it (decision 0011)."""


class Answered(Protocol):
    """What the CPAM said of a doubt."""

    @property
    def answered_on(self) -> date: ...
    @property
    def source(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def settles(self) -> bool: ...
    @property
    def majoration(self) -> Majoration | None: ...
    @property
    def applies_from(self) -> date | None: ...


@dataclass(frozen=True)
class Situation:
    """What the amounts of a CPTS depend on, as it stands."""

    standing: SizeStanding
    inhabitants: int | None = None
    """Those that the size follows from, where no size is stated."""
    member_professionals: int | None = None
    member_structures: int | None = None
    members_counted_on: date | None = None
    has_early_contract: bool = False
    joined_on: date | None = None
    actions_of_2021: ActionsOf2021 | None = None
    mission_started_on: date | None = None
    first_plan_on: date | None = None
    """When a plan was first written: the first version published, or an earlier version if it is older."""
    answers: Mapping[Doubt, Answered] = field(default_factory=dict)

    @property
    def members(self) -> int | None:
        """Professionals and structures that expressly joined; none while neither was counted."""
        if self.member_professionals is None and self.member_structures is None:
            return None
        return (self.member_professionals or 0) + (self.member_structures or 0)

    @property
    def possible_sizes(self) -> tuple[Size, ...]:
        """The two sizes of a population exactly at their bound, where the text is silent; none otherwise."""
        if self.standing.reason is not SizeReason.SILENT:
            return ()
        below = next((size for bound, size in BOUNDS if bound == self.inhabitants), None)
        return (below, tuple(Size)[tuple(Size).index(below) + 1]) if below else ()


@dataclass(frozen=True)
class CrisisCase:
    """A crisis, as the money sees it."""

    began_on: date
    recognised_on: date | None
    """The day of the recognition that stands; a withdrawn one is none."""
    is_exercise: bool = False


@dataclass(frozen=True)
class Step:
    """A line of the computation, that adds to the total."""

    label: str
    cents: int


@dataclass(frozen=True)
class Possible:
    """The amount that a size would give, where nothing says which size applies."""

    size: Size
    cents: int


@dataclass(frozen=True)
class Computation:
    """An amount and how it was found; refused, it is nothing and says why."""

    line: FundingLine
    on: date
    """The day whose rates apply."""
    steps: tuple[Step, ...] = ()
    is_ceiling: bool = False
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    """What deserves to be said: answers of the CPAM with their date and source, why no majoration."""
    answered: tuple[str, ...] = ()
    """Those of the notes that are answers of the CPAM."""
    refusal: str = ""
    rate_set: RateSet | None = None
    size: Size | None = None
    majoration: Majoration = Majoration.NOT_APPLICABLE
    possible: tuple[Possible, ...] = ()

    @property
    def total_cents(self) -> int:
        return sum(step.cents for step in self.steps)

    @property
    def rate_day(self) -> str:
        """Which day chose the set of amounts, in a sentence."""
        return f"Barème appliqué au {long_date(self.on)}\u00a0: {RATE_DAYS[self.line]}."
