"""What was asked, agreed, paid and is still possible, by year of the mission. Pure arithmetic over lines and claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.publication.deadlines import mission_year
from crisis_plan.yearly_update.deadlines.rules import MissionYear


class Claimed(Protocol):
    """A claim, as money."""

    @property
    def asked_cents(self) -> int | None: ...
    @property
    def agreed_cents(self) -> int | None: ...
    @property
    def paid_cents(self) -> int | None: ...
    @property
    def state(self) -> ClaimState: ...


@dataclass(frozen=True)
class Money:
    """Four amounts in cents; each but the last holds what follows it: what is paid was agreed, and was asked."""

    asked: int = 0
    agreed: int = 0
    paid: int = 0
    possible: int = 0
    """Still to be asked; of a crisis line, a ceiling."""

    def __add__(self, other: Money) -> Money:
        return Money(
            self.asked + other.asked,
            self.agreed + other.agreed,
            self.paid + other.paid,
            self.possible + other.possible,
        )

    @property
    def drawn(self) -> tuple[tuple[str, int], ...]:
        """The parts of a bar, none counted twice: paid, agreed, asked, possible."""
        agreed = max(self.agreed - self.paid, 0)
        asked = max(self.asked - max(self.agreed, self.paid), 0)
        return (("paid", self.paid), ("agreed", agreed), ("asked", asked), ("possible", self.possible))

    @property
    def widest(self) -> int:
        return sum(cents for _kind, cents in self.drawn)


@dataclass(frozen=True)
class Row:
    """One line of one year."""

    line: FundingLine
    title: str
    money: Money
    is_ceiling: bool
    is_outside: bool
    state: ClaimState | None = None
    """Of its claim; none: nothing was begun."""
    is_exact: bool = False
    """Whether what was asked is a sum that the CPTS chose, below the ceiling."""

    @property
    def asks_up_to(self) -> bool:
        """Whether what was asked is « jusqu’à »; outside the tool, the amount recorded is the amount."""
        return self.is_ceiling and not self.is_outside and not self.is_exact and self.money.asked > 0


@dataclass(frozen=True)
class Year:
    """A year of the mission, or what belongs to none."""

    name: str
    period: MissionYear | None
    is_current: bool
    rows: tuple[Row, ...]

    @property
    def money(self) -> Money:
        return sum((row.money for row in self.rows), Money())

    @property
    def is_ceiling(self) -> bool:
        """Whether what is still possible there is « jusqu’à »."""
        return any(row.is_ceiling and row.money.possible for row in self.rows)

    @property
    def asks_up_to(self) -> bool:
        """Whether what was asked there is « jusqu’à »."""
        return any(row.asks_up_to for row in self.rows)


@dataclass(frozen=True)
class Dated:
    """A row and the year it belongs to, by its number or by its day."""

    row: Row
    year: int | None
    on: date | None = None


def claimed_money(claim: Claimed | None, possible_cents: int) -> Money:
    """What a line brought, and may still bring; a refused claim was asked, and decided for nothing."""
    if claim is None:
        return Money(possible=possible_cents)
    is_decided = claim.state is ClaimState.REFUSED
    return Money(
        asked=claim.asked_cents or 0,
        agreed=0 if is_decided else claim.agreed_cents or 0,
        paid=claim.paid_cents or 0,
        possible=possible_cents,
    )


def by_year(found: Iterable[Dated], years: Sequence[MissionYear], today: date) -> tuple[Year, ...]:
    """The years of the mission in order, those without money too; then what belongs to none of them, if anything."""
    filed: dict[int, list[Row]] = {}
    for one in found:
        filed.setdefault(_year_of(one, years), []).append(one.row)
    told = [
        Year(f"Année {known.number}", known, known.holds(today), tuple(filed.get(known.number, ()))) for known in years
    ]
    outside = [row for number, rows in filed.items() if number not in {known.number for known in years} for row in rows]
    return (*told, *([Year("Hors des années de la mission", None, False, tuple(outside))] if outside else []))


def _year_of(one: Dated, years: Sequence[MissionYear]) -> int:
    if one.year is not None:
        return one.year
    return mission_year(years[0].starts_on, one.on) if years and one.on else 0
