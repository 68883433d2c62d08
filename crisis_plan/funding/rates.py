"""Amounts as dated sets, each with its source; a later set never changes what an older one paid. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan.funding.lines import FundingLine
from crisis_plan.organisations.rules import Size


@dataclass(frozen=True)
class RateSet:
    """One text's amounts, in euros, by line and size."""

    key: str
    label: str
    in_force_from: date
    source: str
    amounts: Mapping[FundingLine, Mapping[Size, int]]
    majoration_percent: int
    majoration_members: int
    """Members from which a size-4 CPTS may have the majoration."""


AVENANT_2 = RateSet(
    key="avenant-2",
    label="ACI, avenant 2",
    in_force_from=date(2022, 9, 3),
    source="ACI des CPTS, avenant 2 (montants en vigueur à partir du 03/09/2022)",
    amounts={
        FundingLine.FIRST_WRITING: {Size.T1: 25_000, Size.T2: 35_000, Size.T3: 45_000, Size.T4: 50_000},
        FundingLine.UPDATE: {Size.T1: 12_500, Size.T2: 17_500, Size.T3: 22_500, Size.T4: 25_000},
        FundingLine.CRISIS: {Size.T1: 37_500, Size.T2: 52_500, Size.T3: 67_500, Size.T4: 75_000},
    },
    majoration_percent=10,
    majoration_members=100,
)
BUILT_IN = (AVENANT_2,)


def in_force(sets: Sequence[RateSet], on: date) -> RateSet | None:
    """The latest set that applies on this day; none before the first one."""
    applying = [one for one in sets if one.in_force_from <= on]
    return max(applying, key=lambda one: one.in_force_from, default=None)
