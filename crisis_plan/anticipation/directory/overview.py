"""How many contacts, how fresh, how many adherents: figures of a directory, without a database."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.anticipation.directory.rules import ContactKind, Freshness


@dataclass(frozen=True)
class Overview:
    """How many contacts of each kind, and how many of all were verified lately."""

    by_kind: dict[ContactKind, int]
    verified: int
    """In the last 12 months."""
    ageing: int = 0
    """Of those, the ones verified 6 months ago or more."""

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())

    @property
    def verified_share(self) -> int:
        """In percent, rounded down: 100 only when all are."""
        return self.verified * 100 // self.total if self.total else 0

    @property
    def by_freshness(self) -> dict[Freshness, int]:
        return {
            Freshness.FRESH: self.verified - self.ageing,
            Freshness.AGEING: self.ageing,
            Freshness.STALE: self.total - self.verified,
        }


@dataclass(frozen=True)
class Adherents:
    """Who expressly joined the association by a day; professionals of the territory are never among them.

    Source: domain, section 1; the majoration counts adherents and nobody else.
    """

    professionals: int
    structures: int
    undated: int = 0
    """Said to be adherents without a joining date: not counted, until the date is known."""

    @property
    def total(self) -> int:
        return self.professionals + self.structures
