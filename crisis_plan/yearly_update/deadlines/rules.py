"""What the contract makes due, when, and why; the years of the mission. Source: domain, section 9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from crisis_plan.months import add_months
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.publication.deadlines import mission_year, next_update
from crisis_plan.web.formats import counted, long_date

START_WITHIN, DEPLOYED_WITHIN = 6, 18
"""Months from the signature that counts: the plan is written, then communicated to the partners."""
CONTRACT_LASTS = 5
"""Years of the contract, hence of its anniversaries; so many years of the mission are shown at least."""
DAY = timedelta(days=1)


class Contract(Protocol):
    """What the CPTS says of its contract and its mission."""

    @property
    def contract_signed_on(self) -> date | None: ...
    @property
    def amendment_signed_on(self) -> date | None: ...
    @property
    def deadlines_from(self) -> MissionSource | None: ...
    @property
    def mission_started_on(self) -> date | None: ...


class DeadlineKind(StrEnum):
    """What comes on a day; the last two only mark the calendar, nobody can be late for them."""

    START = "start"
    DEPLOYMENT = "deployment"
    UPDATE = "update"
    YEAR_END = "year_end"
    ANNIVERSARY = "anniversary"

    @property
    def label(self) -> str:
        return {
            "start": "Démarrage\u00a0: le plan est écrit",
            "deployment": "Déploiement\u00a0: le plan est communiqué aux partenaires",
            "update": "Mise à jour du plan",
            "year_end": "Fin d’année de la mission",
            "anniversary": "Anniversaire du contrat",
        }[self.value]

    @property
    def word(self) -> str:
        """Its name on a drawing."""
        return self.label.partition("\u00a0:")[0]

    @property
    def is_to_do(self) -> bool:
        """Whether something is to be done by that day, of which people are reminded."""
        return self in (DeadlineKind.START, DeadlineKind.DEPLOYMENT, DeadlineKind.UPDATE)


class DeadlineState(StrEnum):
    DONE = "done"
    LATE = "late"
    COMING = "coming"
    PAST = "past"

    @property
    def label(self) -> str:
        return {"done": "Fait", "late": "En retard", "coming": "À venir", "past": "Passé"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it."""
        return {"done": "ok", "late": "urgent", "coming": "info", "past": "neutral"}[self.value]


@dataclass(frozen=True)
class Deadline:
    """Something on a day, and why that day."""

    kind: DeadlineKind
    on: date
    reason: str
    done_on: date | None = None
    number: int = 0
    """Which year of the mission ends, which anniversary comes; 0 where there is only one."""

    @property
    def key(self) -> str:
        """What it is from one reading to the next: « start », « year_end-3 »."""
        return f"{self.kind.value}-{self.number}" if self.number else self.kind.value

    @property
    def name(self) -> str:
        if self.kind is DeadlineKind.YEAR_END:
            return f"Fin de l’année {self.number} de la mission"
        if self.kind is DeadlineKind.ANNIVERSARY:
            return f"{'1er' if self.number == 1 else f'{self.number}e'} anniversaire du contrat"
        return self.kind.label

    def state(self, today: date) -> DeadlineState:
        if self.done_on:
            return DeadlineState.DONE
        if today <= self.on:
            return DeadlineState.COMING
        return DeadlineState.LATE if self.kind.is_to_do else DeadlineState.PAST

    def standing(self, today: date) -> str:
        """« fait le 3 mars 2026 », « dans 23 jours », « en retard de 12 jours »."""
        if self.done_on:
            late = max((self.done_on - self.on).days, 0)
            return f"fait le {long_date(self.done_on)}" + (f", {counted(late, 'jour')} après" if late else "")
        days = (self.on - today).days
        if days < 0:
            return f"en retard de {counted(-days, 'jour')}" if self.kind.is_to_do else "passé"
        return {0: "aujourd’hui", 1: "demain"}.get(days, f"dans {counted(days, 'jour')}")


@dataclass(frozen=True)
class MissionYear:
    """A year of the mission, from 1, both days included."""

    number: int
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Achieved:
    """What was done of the plan: first written, here or before (« version antérieure »); the version in force published;
    a version first given to partners.
    """

    written_on: date | None = None
    published_on: date | None = None
    communicated_on: date | None = None
    earlier_on: date | None = None
    """The last version written elsewhere; it counts while none is published here."""


def signed_on(contract: Contract) -> date | None:
    """The signature that starts the clock; none while the CPTS has not chosen, or not dated what it chose."""
    days = {MissionSource.CONTRACT: contract.contract_signed_on, MissionSource.AMENDMENT: contract.amendment_signed_on}
    return days[contract.deadlines_from] if contract.deadlines_from else None


def mission_years(started_on: date | None, today: date) -> tuple[MissionYear, ...]:
    """Five years, or as many as the mission has begun; none without its first day."""
    if started_on is None:
        return ()
    most = max(CONTRACT_LASTS, mission_year(started_on, today))
    return tuple(
        MissionYear(year, add_months(started_on, 12 * year - 12), add_months(started_on, 12 * year) - DAY)
        for year in range(1, most + 1)
    )


def deadlines(contract: Contract, achieved: Achieved, today: date) -> tuple[Deadline, ...]:
    """Everything that can be counted from what is known, by day; `doubts.missing` says what cannot."""
    found = [*_from_signature(contract, achieved), *_update(contract, achieved, today)]
    for year in mission_years(contract.mission_started_on, today):
        reason = f"dernier jour de l’année de la mission commencée le {long_date(year.starts_on)}"
        found.append(Deadline(DeadlineKind.YEAR_END, year.ends_on, reason, number=year.number))
    found += _anniversaries(contract.contract_signed_on)
    return tuple(sorted(found, key=lambda one: (one.on, list(DeadlineKind).index(one.kind))))


def _from_signature(contract: Contract, achieved: Achieved) -> Iterator[Deadline]:
    signed, source = signed_on(contract), contract.deadlines_from
    if not signed or not source:
        return
    for kind, months, done_on in (
        (DeadlineKind.START, START_WITHIN, achieved.written_on),
        (DeadlineKind.DEPLOYMENT, DEPLOYED_WITHIN, achieved.communicated_on),
    ):
        reason = f"{months} mois à compter {source.of}, le {long_date(signed)}"
        yield Deadline(kind, add_months(signed, months), reason, done_on)


def _update(contract: Contract, achieved: Achieved, today: date) -> Iterator[Deadline]:
    """The next one only: publishing replaces it by another."""
    if due := next_update(contract.mission_started_on, achieved.published_on, achieved.earlier_on, today):
        yield Deadline(DeadlineKind.UPDATE, due.on, due.reason)


def _anniversaries(signed: date | None) -> Iterator[Deadline]:
    if signed is None:
        return
    for number in range(1, CONTRACT_LASTS + 1):
        ends = "\u00a0; terme des cinq ans" if number == CONTRACT_LASTS else ""
        reason = f"contrat signé le {long_date(signed)}\u00a0; les versements se font autour de cette date{ends}"
        yield Deadline(DeadlineKind.ANNIVERSARY, add_months(signed, 12 * number), reason, number=number)
