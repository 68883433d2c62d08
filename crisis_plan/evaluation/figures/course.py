"""How a crisis went by: its length, the three dated facts, its levels; without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from crisis_plan.clock import HasTimeZone
from crisis_plan.evaluation.figures.rules import Figure, FigureKey, Line
from crisis_plan.evaluation.figures.wording import InTheLog, cited, length
from crisis_plan.pilotage.facts.rules import OneFact, strip_of
from crisis_plan.pilotage.logbook.contents import read_content
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.web.formats import counted, moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.reckoning import Marked

CHANGE = re.compile(r"Niveau\u00a0: (?P<before>.+) → (?P<after>.+)\.", re.DOTALL)
"""What the entry of a change of level says."""
ERASED = "contenu effacé sur décision"


class Dated(Protocol):
    """When a crisis opened and ended."""

    @property
    def opened_at(self) -> datetime: ...
    @property
    def stood_down_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


class Fact(Protocol):
    """A saying about one of the three facts."""

    id: Any
    kind: Any
    happened_at: Any
    corrects_id: Any
    is_withdrawal: Any
    body: Any

    @property
    def has_documents(self) -> bool: ...
    @property
    def entry(self) -> Any: ...


@dataclass(frozen=True)
class LevelStep:
    """From this moment on, this level."""

    at: datetime
    level: str
    entry: Marked | None = None


def duration(crisis: Dated, rows: Sequence[Marked], now: datetime, place: HasTimeZone) -> Figure:
    """From the opening to the stand-down, then to the closing."""
    turns = [one for one in rows if one.kind in (EntryKind.ACTIVATION, EntryKind.STAND_DOWN, EntryKind.CLOSING)]
    opening = [one for one in turns if one.kind is EntryKind.ACTIVATION][:1]
    lines = [Line("Ouverture", moment(crisis.opened_at, place), cited(opening))]
    for one in turns:
        if one not in opening:
            label = "Reprise" if one.kind is EntryKind.ACTIVATION else one.kind.label
            after = length(one.happened_at - crisis.opened_at)
            lines.append(Line(label, f"{moment(one.happened_at, place)}, {after} après l’ouverture", cited([one])))
    end = crisis.stood_down_at or crisis.closed_at or now
    kept = (
        f"\u00a0; le journal a été tenu {length(crisis.closed_at - crisis.opened_at)}, jusqu’à sa clôture"
        if crisis.closed_at
        else ""
    )
    to = "à la dernière levée" if crisis.stood_down_at else "à maintenant"
    return Figure(
        FigureKey.DURATION, length(end - crisis.opened_at), f"De l’ouverture {to}{kept}.", lines, cited(turns)
    )


def facts(sayings: Sequence[Fact], place: HasTimeZone) -> Figure:
    """Which of the three facts were recorded, and still stand."""
    strip = strip_of(sayings)
    lines = [Line(one.kind.label, fact_in_words(one, place), _entries(sayings, one)) for one in strip]
    known = sum(bool(one.stands) for one in strip)
    return Figure(
        FigureKey.FACTS,
        f"{known} sur 3",
        "Ce qui est consigné de chacun des trois faits et qui n’a été ni corrigé ni retiré\u00a0; aucun ne se déduit d’un "
        "autre.",
        lines,
        cited(one.entry for one in sayings),
    )


def fact_in_words(fact: OneFact[Any], place: HasTimeZone) -> str:
    """« ARS Occitanie, le 12/08/2026 à 15:10 », the latest first; what is missing says so."""
    said = [f"{one.body}, le {moment(one.happened_at, place)}" for one in fact.stands]
    return "\u00a0; ".join(said) or fact.kind.missing


def _entries(sayings: Iterable[Fact], fact: OneFact[Any]) -> Any:
    return cited(one.entry for one in sayings if one.kind is fact.kind)


def level_steps(rows: Iterable[Marked], crisis: LevelOf) -> list[LevelStep]:
    """The levels one after the other, the first from the opening on."""
    turns = [one for one in rows if one.kind in (EntryKind.ACTIVATION, EntryKind.LEVEL)]
    changes = [one for one in turns if one.kind is EntryKind.LEVEL]
    opening = next((one for one in turns if one.kind is EntryKind.ACTIVATION), None)
    first = _names(changes[0])[0] if changes else crisis.level_name
    steps = [LevelStep(crisis.opened_at, first, opening)]
    return [*steps, *(LevelStep(one.happened_at, _names(one)[1], one) for one in changes)]


class LevelOf(Protocol):
    """When a crisis opened, and its level now."""

    @property
    def opened_at(self) -> datetime: ...
    @property
    def level_name(self) -> str: ...


def levels(rows: Sequence[Marked], crisis: LevelOf, place: HasTimeZone) -> Figure:
    """Each level with the moment from which it held."""
    steps = level_steps(rows, crisis)
    turns: list[InTheLog] = [one.entry for one in steps if one.entry]
    changes = len(steps) - 1
    return Figure(
        FigureKey.LEVELS,
        counted(changes, "changement") if changes else "aucun changement",
        "Le niveau à l’ouverture, puis chaque entrée de nature «\u00a0Changement de niveau\u00a0».",
        list(_told(steps, place)),
        cited(turns),
    )


def _told(steps: Iterable[LevelStep], place: HasTimeZone) -> Iterator[Line]:
    for step in steps:
        yield Line(f"Depuis le {moment(step.at, place)}", step.level, cited([step.entry] if step.entry else []))


def _names(change: Marked) -> tuple[str, str]:
    """From which level to which; what an order erased cannot be told."""
    if not change.content:
        return ERASED, ERASED
    said = read_content(change.content).text
    found = CHANGE.fullmatch(said)
    return (found["before"], found["after"]) if found else (said, said)
