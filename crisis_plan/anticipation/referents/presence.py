"""Who answers on which day, once absences are known: pure rules, given the date.

The ARS calls the titular, then the deputy: both must have a telephone and a fresh contact, and no day of the
coming 60 may be without one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol

from crisis_plan.anticipation.directory.rules import Freshness, freshness
from crisis_plan.anticipation.referents.rules import Duty, Gap, Rank, is_on_duty
from crisis_plan.anticipation.referents.wording import period_in_words
from crisis_plan.web.formats import d_apostrophe

DAYS_AHEAD = 60
"""How far ahead no day may be without a referent (issue 3)."""


class Absence(Protocol):
    """Days on which a contact cannot be called, both included."""

    @property
    def contact_id(self) -> object: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class Reached(Protocol):
    """Someone of the directory, as one calls them."""

    @property
    def name(self) -> str: ...
    @property
    def phones(self) -> Sequence[object]: ...
    @property
    def verified_on(self) -> date | None: ...


class HeldBy(Duty, Protocol):
    """A duty and who holds it."""

    @property
    def contact(self) -> Reached: ...


@dataclass(frozen=True)
class Holder:
    """Who holds a rank on a day, and whether they are away."""

    duty: HeldBy
    is_absent: bool

    @property
    def answers(self) -> bool:
        """Whether a call reaches them: they are there, and they have a telephone."""
        return not self.is_absent and bool(self.duty.contact.phones)


@dataclass(frozen=True)
class Cover:
    """Who can be called from one day to another, both included."""

    starts_on: date
    ends_on: date
    titular: Holder | None
    deputy: Holder | None

    @property
    def held_by(self) -> tuple[tuple[Rank, Holder | None], ...]:
        return ((Rank.TITULAR, self.titular), (Rank.DEPUTY, self.deputy))

    @property
    def call_order(self) -> list[tuple[Rank, Holder | None]]:
        """The titular, then the deputy; who is absent comes last."""
        return sorted(self.held_by, key=lambda held: bool(held[1] and held[1].is_absent))

    @property
    def answering(self) -> Rank | None:
        """Who answers first; none when nobody does."""
        return next((rank for rank, holder in self.held_by if holder and holder.answers), None)

    @property
    def tone(self) -> str:
        """As a strip of days shows it: titular, deputy alone, nobody."""
        return {Rank.TITULAR: "ok", Rank.DEPUTY: "warning", None: "urgent"}[self.answering]

    @property
    def mark(self) -> str:
        """The sign that is read without colour."""
        return {Rank.TITULAR: "T", Rank.DEPUTY: "S", None: "!"}[self.answering]

    @property
    def said(self) -> str:
        return {Rank.TITULAR: "Titulaire", Rank.DEPUTY: "Suppléant seul", None: "Personne"}[self.answering]


def is_absent(absences: Iterable[Absence], contact_id: object, day: date) -> bool:
    """Whether this contact is away that day."""
    return any(one.contact_id == contact_id and is_on_duty(one, day) for one in absences)


def cover_of(duties: Iterable[HeldBy], absences: Sequence[Absence], day: date) -> Cover:
    """Who can be called that day."""
    held = {
        duty.rank: Holder(duty, is_absent(absences, duty.contact_id, day)) for duty in duties if is_on_duty(duty, day)
    }
    return Cover(day, day, held.get(Rank.TITULAR), held.get(Rank.DEPUTY))


def days_ahead(duties: Sequence[HeldBy], absences: Sequence[Absence], today: date) -> tuple[Cover, ...]:
    """Who can be called on each of the coming days, today first."""
    return tuple(cover_of(duties, absences, today + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD))


def periods(days: Iterable[Cover]) -> Iterator[Cover]:
    """The same days, those that follow each other with the same people made one."""
    for _, alike in groupby(days, key=lambda cover: cover.held_by):
        run = list(alike)
        yield Cover(run[0].starts_on, run[-1].ends_on, run[0].titular, run[0].deputy)


def days_without_anyone(days: Iterable[Cover]) -> Iterator[Gap]:
    """The days on which nobody can be called, as few periods as possible."""
    for is_covered, alike in groupby(days, key=lambda cover: cover.answering is not None):
        if not is_covered:
            run = list(alike)
            yield Gap(run[0].starts_on, run[-1].ends_on)


def nobody_in_words(days: Iterable[Cover]) -> list[str]:
    """« Aucun référent joignable du 24 au 26 décembre 2026. »"""
    return [nobody_on(gap) for gap in days_without_anyone(days)]


def nobody_on(gap: Gap) -> str:
    return f"Aucun référent joignable {period_in_words(gap)}."


def doubt(duty: HeldBy, today: date) -> str:
    """Why the ARS may not reach who holds this duty: no telephone, or none verified within 6 months; else empty."""
    who = {Rank.TITULAR: "titulaire", Rank.DEPUTY: "suppléant"}[duty.rank]
    if not duty.contact.phones:
        return f"{duty.contact.name}, référent {who}, n’a pas de téléphone dans l’annuaire."
    if freshness(duty.contact.verified_on, today) is Freshness.FRESH:
        return ""
    return f"Les coordonnées {d_apostrophe(duty.contact.name)}, référent {who}, n’ont pas été vérifiées depuis 6 mois."
