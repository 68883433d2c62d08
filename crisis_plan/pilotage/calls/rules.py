"""A call list: who was tried, who answered, who comes, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

CLAIM_LASTS = timedelta(minutes=10)
"""How long a person is kept for who said « J’appelle »: then anyone may call them."""
RENEWED_FOR = timedelta(minutes=30)
"""How long an open page keeps asking for more; then its caller must say so, for a page may be forgotten open."""
JUST_NOW = timedelta(hours=1)
"""How far back a time said now may lie: « à partir de 14 h », noted at 14:20."""
WITHOUT_PROFESSION = "Sans profession indiquée"


class Purpose(StrEnum):
    """Why people are called. Only a crisis counts as one."""

    TEST = "test"
    EXERCISE = "exercise"
    CRISIS = "crisis"

    @property
    def label(self) -> str:
        return {"test": "Test de communication", "exercise": "Exercice", "crisis": "Crise"}[self.value]

    @property
    def prefix(self) -> str:
        """What a message begins with, so that nobody takes a test for a crisis."""
        return {"test": "[TEST] ", "exercise": "[EXERCICE] ", "crisis": ""}[self.value]


class Channel(StrEnum):
    TELEPHONE = "telephone"
    SMS = "sms"
    EMAIL = "email"

    @property
    def label(self) -> str:
        return {"telephone": "Appel téléphonique", "sms": "SMS", "email": "Courriel avec lien de réponse"}[self.value]


class Outcome(StrEnum):
    """What came of one attempt."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"

    @property
    def label(self) -> str:
        return {"reached": "Joint", "no_answer": "Pas de réponse", "wrong_number": "Mauvais numéro"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"reached": "ok", "no_answer": "warning", "wrong_number": "urgent"}[self.value]


NOT_TRIED, NOT_TRIED_TONE = "À appeler", "neutral"


class Line(Protocol):
    """A person of a list, as things stand."""

    @property
    def name(self) -> str: ...
    @property
    def profession(self) -> str: ...
    @property
    def outcome(self) -> Outcome | None: ...
    @property
    def comes(self) -> bool | None: ...
    @property
    def answered_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class ProfessionResult:
    """How many people of one profession were asked, and how many answered."""

    profession: str
    asked: int
    reached: int


@dataclass(frozen=True)
class Results:
    """What a list measured, over all who were asked."""

    asked: int
    tried: int
    """How many have a result, by a caller or by their own link: the others are only on the list."""
    reached: int
    answer_rate: int
    """In percent, rounded down: 100 only when all answered."""
    median: timedelta | None
    """From the opening until half of those asked had answered; none while fewer have."""
    ninetieth: timedelta | None
    """The same for nine in ten: « non atteint » where fewer answered."""
    coming: int
    not_coming: int
    wrong_numbers: int
    by_profession: tuple[ProfessionResult, ...]
    not_reached: tuple[str, ...]
    """Names of those whom nobody reached, in the order of the list."""


def results(lines: Iterable[Line], opened_at: datetime) -> Results:
    """What these lines measure (domain, section 8: answer rate and times of a communications test)."""
    asked = list(lines)
    delays = sorted(
        max(line.answered_at - opened_at, timedelta())
        for line in asked
        if line.answered_at and line.outcome is Outcome.REACHED
    )
    return Results(
        asked=len(asked),
        tried=sum(line.outcome is not None for line in asked),
        reached=len(delays),
        answer_rate=100 * len(delays) // len(asked) if asked else 0,
        median=_time_of_share(delays, len(asked), 50),
        ninetieth=_time_of_share(delays, len(asked), 90),
        coming=sum(line.comes is True for line in asked),
        not_coming=sum(line.comes is False for line in asked),
        wrong_numbers=sum(line.outcome is Outcome.WRONG_NUMBER for line in asked),
        by_profession=_by_profession(asked),
        not_reached=tuple(line.name for line in asked if line.outcome is not Outcome.REACHED),
    )


def _time_of_share(delays: list[timedelta], asked: int, percent: int) -> timedelta | None:
    """When this share of those asked had answered; `delays` in ascending order."""
    needed = -(-asked * percent // 100)
    return delays[needed - 1] if asked and needed <= len(delays) else None


def _by_profession(lines: list[Line]) -> tuple[ProfessionResult, ...]:
    """The most numerous first."""
    found: dict[str, list[bool]] = {}
    for line in lines:
        found.setdefault(line.profession or WITHOUT_PROFESSION, []).append(line.outcome is Outcome.REACHED)
    counted = (ProfessionResult(name, len(reached), sum(reached)) for name, reached in found.items())
    return tuple(sorted(counted, key=lambda one: (-one.asked, one.profession)))


def in_words(delay: timedelta | None) -> str:
    """« 12 min », « 1 h 05 », « 3 j 2 h »; « non atteint » where there is none."""
    if delay is None:
        return "non atteint"
    minutes = int(delay.total_seconds()) // 60
    if minutes < 1:
        return "moins d’une minute"
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes}\u00a0min"
    if hours < 24:
        return f"{hours}\u00a0h\u00a0{minutes:02}"
    days, hours = divmod(hours, 24)
    return f"{days}\u00a0j\u00a0{hours}\u00a0h"


def from_when(typed: time, here: datetime) -> datetime:
    """The moment meant by a time said now, by the clocks of the CPTS: at 18:00, « à partir de 7 h » is tomorrow."""
    meant = datetime.combine(here.date(), typed, tzinfo=here.tzinfo)
    return meant + timedelta(days=1) if here - meant > JUST_NOW else meant


def is_claimed(claimed_at: datetime | None, now: datetime) -> bool:
    """Whether somebody is calling right now."""
    return claimed_at is not None and claimed_at > now - CLAIM_LASTS
