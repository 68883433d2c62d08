"""Amounts as dated sets, each with its source; a later set never changes what an older one paid. Source: domain, section 10."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crisis_plan.funding.lines import FundingLine
from crisis_plan.organisations.rules import Size

WORDS = re.compile(r"\w+")


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

    @property
    def cited(self) -> str:
        """Its name and its source, said once where the source names it already."""
        if set(WORDS.findall(self.label.lower())) <= set(WORDS.findall(self.source.lower())):
            return self.source
        return f"{self.label} (source\u00a0: {self.source})"


AVENANT_2 = RateSet(
    key="avenant-2",
    label="ACI, avenant 2",
    in_force_from=date(2022, 9, 3),
    source="ACI des CPTS, avenant 2",
    amounts={
        FundingLine.FIRST_WRITING: {Size.T1: 25_000, Size.T2: 35_000, Size.T3: 45_000, Size.T4: 50_000},
        FundingLine.UPDATE: {Size.T1: 12_500, Size.T2: 17_500, Size.T3: 22_500, Size.T4: 25_000},
        FundingLine.CRISIS: {Size.T1: 37_500, Size.T2: 52_500, Size.T3: 67_500, Size.T4: 75_000},
    },
    majoration_percent=10,
    majoration_members=100,
)
BUILT_IN = (AVENANT_2,)
SIZES = tuple(Size)
LINES = (FundingLine.FIRST_WRITING, FundingLine.UPDATE, FundingLine.CRISIS)
"""The lines of every set; the provision has its own."""

PROVISION_2021 = RateSet(
    key="provision-2021",
    label="Disposition particulière pour 2021",
    in_force_from=date(2021, 1, 1),
    source="ACI des CPTS, avenant 2, disposition pour l’année 2021\u00a0: la ligne de crise de l’avenant 2",
    amounts={FundingLine.PROVISION_2021: AVENANT_2.amounts[FundingLine.CRISIS]},
    majoration_percent=0,
    majoration_members=0,
)
"""For a CPTS that joined before 31/12/2021 and ran crisis actions in 2021 that nothing else paid (domain, section 10)."""
JOINED_BEFORE = date(2021, 12, 31)
PROVISION_YEAR = 2021

PRINTED_TOTALS = {Size.T1: 62_500, Size.T2: 87_500, Size.T3: 112_500, Size.T4: 125_000}
"""« Année 1 + crise » of avenant 2, as S002 prints it: shown beside our sums."""


def in_force(sets: Sequence[RateSet], on: date) -> RateSet | None:
    """The latest set that applies on this day; none before the first one."""
    applying = [one for one in sets if one.in_force_from <= on]
    return max(applying, key=lambda one: one.in_force_from, default=None)


def first_in_force(sets: Sequence[RateSet]) -> RateSet | None:
    """The set before which nothing was paid."""
    return min(sets, key=lambda one: one.in_force_from, default=None)


def rate_set_json(one: RateSet) -> dict[str, Any]:
    """A set as it is kept with what was computed from it."""
    return {
        "key": one.key,
        "label": one.label,
        "in_force_from": one.in_force_from.isoformat(),
        "source": one.source,
        "amounts": amounts_json(one.amounts),
        "majoration_percent": one.majoration_percent,
        "majoration_members": one.majoration_members,
    }


def rate_set_from(kept: Mapping[str, Any]) -> RateSet:
    """The set that was kept: what `rate_set_json` wrote."""
    return RateSet(
        key=kept["key"],
        label=kept["label"],
        in_force_from=date.fromisoformat(kept["in_force_from"]),
        source=kept["source"],
        amounts=amounts_from(kept["amounts"]),
        majoration_percent=kept["majoration_percent"],
        majoration_members=kept["majoration_members"],
    )


def amounts_json(amounts: Mapping[FundingLine, Mapping[Size, int]]) -> dict[str, dict[str, int]]:
    """Euros by line, then by size, as they are stored."""
    return {line.value: {size.value: euros for size, euros in by_size.items()} for line, by_size in amounts.items()}


def amounts_from(kept: Mapping[str, Mapping[str, int]]) -> dict[FundingLine, dict[Size, int]]:
    """What `amounts_json` wrote."""
    return {FundingLine(line): {Size(size): euros for size, euros in by_size.items()} for line, by_size in kept.items()}


@dataclass(frozen=True)
class Change:
    """One amount, in euros, in the set before and in the new one."""

    line: FundingLine
    size: Size
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def changes(before: RateSet, after: RateSet) -> tuple[Change, ...]:
    """The twelve amounts, side by side."""
    return tuple(
        Change(line, size, before.amounts[line][size], after.amounts[line][size]) for line in LINES for size in SIZES
    )
