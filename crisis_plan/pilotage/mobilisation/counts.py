"""The two counts of a crisis and the lines behind them: distinct professionals, distinct actions (domain, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.folding import folded
from crisis_plan.pilotage.mobilisation.rules import Interval, ends, in_hours, minutes_in

if TYPE_CHECKING:
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson, TimeSpent

NOT_SAID = "Profession non précisée"


@dataclass
class PersonLine:
    """One person, with all the time and all the actions that were recorded of them."""

    keys: set[str]
    contact_ids: set[UUID]
    name: str = ""
    profession: str = ""
    times: list[TimeSpent] = field(default_factory=list)
    actions: list[ActionCarriedOut] = field(default_factory=list)

    @property
    def key(self) -> str:
        """One of the keys that this person is counted by, always the same."""
        return min(self.keys)

    @property
    def is_in_directory(self) -> bool:
        return bool(self.contact_ids)

    @property
    def told(self) -> str:
        """« Anne Petit (Infirmier, hors annuaire) »."""
        where = "annuaire" if self.is_in_directory else "hors annuaire"
        return f"{self.name} ({', '.join(part for part in (self.profession, where) if part)})"

    def intervals(self, until: datetime) -> list[Interval]:
        return [(one.starts_at, ends(one.ends_at, until)) for one in self.times]

    def minutes(self, until: datetime) -> int:
        """Worked until then; times that overlap count once."""
        return minutes_in(self.intervals(until))


@dataclass
class ActionLine:
    """One action of the plan, each time that it was carried out, and by whom."""

    key: str
    label: str
    card_id: UUID | None
    times: list[ActionCarriedOut]

    @property
    def names(self) -> list[str]:
        """Who carried it out, each once, by name."""
        return sorted({person.name for one in self.times for person in one.people}, key=folded)


@dataclass(frozen=True)
class ProfessionTotal:
    """How many people of one profession, and the time that they gave."""

    profession: str
    people: int
    minutes: int

    @property
    def hours(self) -> str:
        """« 31 h 30 »."""
        return in_hours(self.minutes)


@dataclass(frozen=True)
class Totals:
    """The two counts, with the time by profession."""

    professionals: int
    actions: int
    by_profession: Sequence[ProfessionTotal]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.by_profession)

    @property
    def hours(self) -> str:
        """« 31 h 30 »."""
        return in_hours(self.minutes)


def people_of(times: Iterable[TimeSpent], actions: Iterable[ActionCarriedOut]) -> list[PersonLine]:
    """The distinct people, by name. The same key is the same person; so is the same line of the directory."""
    found = _People()
    for one in times:
        found.line_of(one).times.append(one)
    for action in actions:
        for person in action.people:
            line = found.line_of(person)
            if action not in line.actions:
                line.actions.append(action)
    return sorted(found.lines.values(), key=lambda line: (folded(line.name), line.key))


class _People:
    """Lines of people as their rows are read, each found at once, however many they are."""

    def __init__(self) -> None:
        self.lines: dict[int, PersonLine] = {}
        """By rank, in the order in which they were first met."""
        self._ranks: dict[str | UUID, int] = {}
        """Where the line of a key, or of a line of the directory, is."""
        self._met = 0

    def line_of(self, row: TimeSpent | ActionPerson) -> PersonLine:
        """The line of this person; two lines that turn out to be one person become one."""
        marks: list[str | UUID] = [row.person_key, *([row.contact_id] if row.contact_id else [])]
        ranks = sorted({self._ranks[mark] for mark in marks if mark in self._ranks})
        rank = ranks[0] if ranks else self._new()
        line = self.lines[rank]
        for other in ranks[1:]:
            self._join(line, self.lines.pop(other), rank)
        self._ranks |= dict.fromkeys(marks, rank)
        line.keys.add(row.person_key)
        line.contact_ids |= {row.contact_id} if row.contact_id else set()
        line.name = row.name
        line.profession = row.profession or line.profession
        return line

    def _new(self) -> int:
        self._met += 1
        self.lines[self._met] = PersonLine(set(), set())
        return self._met

    def _join(self, line: PersonLine, other: PersonLine, rank: int) -> None:
        self._ranks |= dict.fromkeys((*other.keys, *other.contact_ids), rank)
        line.keys |= other.keys
        line.contact_ids |= other.contact_ids
        line.times += other.times
        line.actions += [one for one in other.actions if one not in line.actions]


def actions_of(carried_out: Iterable[ActionCarriedOut]) -> list[ActionLine]:
    """The distinct actions, the first carried out first."""
    found: dict[str, ActionLine] = {}
    for one in sorted(carried_out, key=lambda one: (one.happened_at, one.entry_number or 0)):
        line = found.setdefault(one.action_key, ActionLine(one.action_key, one.label, one.card_id, []))
        line.times.append(one)
    return list(found.values())


def totals_of(people: Sequence[PersonLine], actions: Sequence[ActionLine], until: datetime) -> Totals:
    """The counts of these lines, the professions with the most people first."""
    by_profession: dict[str, list[PersonLine]] = {}
    for line in people:
        by_profession.setdefault(folded(line.profession), []).append(line)
    rows = [
        ProfessionTotal(of_one[0].profession or NOT_SAID, len(of_one), sum(line.minutes(until) for line in of_one))
        for of_one in by_profession.values()
    ]
    return Totals(len(people), len(actions), sorted(rows, key=lambda one: (-one.people, folded(one.profession))))
