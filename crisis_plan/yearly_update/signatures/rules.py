"""What the yearly update goes through, and where each thing stands. Source: domain, sections 8 and 9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class ThingKind(StrEnum):
    """What is changed, or signed « revu sans changement », one by one."""

    SECTION = "section"
    CARD = "card"
    CONTACTS = "contacts"
    STOCK = "stock"
    PLACE = "place"
    NEIGHBOUR = "neighbour"
    IMPROVEMENT = "improvement"

    @property
    def label(self) -> str:
        return {
            "section": "Rubrique",
            "card": "Fiche action",
            "contacts": "Annuaire",
            "stock": "Stock",
            "place": "Lieu",
            "neighbour": "Plan voisin",
            "improvement": "Amélioration ouverte",
        }[self.value]


class ThingState(StrEnum):
    """Where a thing stands since the version in force."""

    CHANGED = "changed"
    SIGNED = "signed"
    TO_DO = "to_do"

    @property
    def label(self) -> str:
        return {"changed": "Modifié", "signed": "Revu sans changement", "to_do": "À revoir"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"changed": "info", "signed": "ok", "to_do": "warning"}[self.value]


@dataclass(frozen=True)
class Thing:
    """One thing of the plan that the update goes through."""

    kind: ThingKind
    key: str
    """What identifies it among its kind: the key of a requirement, the identity of a row."""
    label: str
    endpoint: str
    """Where it is changed."""
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    """What changed since the version in force, as sentences; empty: nothing did."""
    group: str = ""
    """What it is shown under, inside its kind: the theme of a section."""


@dataclass(frozen=True)
class Signed:
    """Who said that a thing needed no change, and when."""

    id: UUID
    by: str
    by_id: UUID
    on: date
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A thing and where it stands. A change made after a signature counts more than the signature."""

    thing: Thing
    signed: Signed | None

    @property
    def state(self) -> ThingState:
        if self.thing.changes:
            return ThingState.CHANGED
        return ThingState.SIGNED if self.signed else ThingState.TO_DO

    @property
    def name(self) -> str:
        """How a form names it: « section:alerte »."""
        return f"{self.thing.kind}:{self.thing.key}"


@dataclass(frozen=True)
class Progress:
    """How many things are in each state."""

    changed: int
    signed: int
    to_do: int

    @property
    def done(self) -> int:
        return self.changed + self.signed

    @property
    def total(self) -> int:
        return self.done + self.to_do


def of_state(lines: Sequence[Line], state: ThingState) -> list[Line]:
    """The things that stand so, in their order."""
    return [line for line in lines if line.state is state]


def signed_ids(lines: Sequence[Line]) -> list[UUID]:
    """The signatures that count: of things that did not change since."""
    return [line.signed.id for line in of_state(lines, ThingState.SIGNED) if line.signed]


def progress(lines: Sequence[Line]) -> Progress:
    """How far the update has come."""
    states = [line.state for line in lines]
    return Progress(*(states.count(state) for state in ThingState))
