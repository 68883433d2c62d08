"""What following up asks of people, in sentences, and the days that it puts in a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from crisis_plan.due import Due, Rank
from crisis_plan.evaluation.follow_up.rules import REPORT, WARNED, DebriefDay, Reviewed, debrief_days, of_subject
from crisis_plan.evaluation.improvements.rules import DUE_SOON, is_due_soon, is_overdue
from crisis_plan.evaluation.improvements.rules import Due as Owed
from crisis_plan.web.formats import counted, long_date

NAMED = 3
"""So many improvements are named one by one, the others are counted."""
LONGEST = 120
"""Beyond, the text of an improvement is cut in a sentence."""


class Followed(Owed, Protocol):
    """An improvement, as a sentence tells it."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class Dated:
    """One thing on one day, and the page that tells more."""

    key: str
    """What it is from one reading to the next, and nothing else is."""
    day: date
    title: str
    changed_at: datetime
    endpoint: str
    values: Mapping[str, Any]
    revision: int = 0


def improvement_tasks(known: Iterable[Followed], today: date) -> Iterator[Due]:
    """What should be done by now, then what comes due, each by its last day."""
    by_day = sorted(known, key=lambda one: (one.due_on or date.max, one.number))
    late = [one for one in by_day if is_overdue(one, today)]
    soon = [one for one in by_day if is_due_soon(one, today)]
    days = DUE_SOON.days
    yield from (_task(one, f"en retard depuis le {long_date(one.due_on)}") for one in late[:NAMED])
    yield from _others(late[NAMED:], "est en retard", "sont en retard", {"retard": "oui"})
    yield from (_task(one, f"à faire pour le {long_date(one.due_on)}") for one in soon[:NAMED])
    yield from _others(soon[NAMED:], f"est à faire d’ici {days} jours", f"sont à faire d’ici {days} jours", {})


def debrief_tasks(debriefs: Iterable[Reviewed], today: date) -> Iterator[Due]:
    """The dates of the debriefs that are over or come within seven days, the oldest first."""
    found = [(one, due) for one in debriefs for due in debrief_days(one) if due.day <= today + WARNED]
    for debrief, due in sorted(found, key=lambda pair: pair[1].day):
        yield _of_debrief(due.sentence(today), debrief, due.day)


def undecided_tasks(waiting: Iterable[tuple[Reviewed, int]]) -> Iterator[Due]:
    """The weak points of which nobody has yet said what is changed."""
    for debrief, count in waiting:
        said = counted(count, "point faible attend", "points faibles attendent")
        sentence = f"{said} une décision dans le bilan {of_subject(debrief.subject)}."
        yield _of_debrief(sentence, debrief, rank=Rank.AWAITED)


def calendar_days(improvements: Iterable[Followed], debriefs: Iterable[Reviewed]) -> Iterator[Dated]:
    """The last day of each open improvement; the meetings to come and the report of each debrief being written."""
    yield from (_improvement_day(one, one.due_on) for one in improvements if one.state.is_open and one.due_on)
    yield from (_debrief_day(one, due) for one in debriefs for due in debrief_days(one))


def _of_debrief(said: str, debrief: Reviewed, day: date | None = None, rank: Rank = Rank.UPKEEP) -> Due:
    return Due(said, "Ouvrir le bilan", "cpts.debriefs.show", {"debrief_id": debrief.id}, due_on=day, rank=rank)


def _task(one: Followed, standing: str) -> Due:
    said, address = f"{one.name} {standing}\u00a0: {_shortened(one.text)}", {"improvement_id": one.id}
    return Due(said, "Ouvrir l’amélioration", "cpts.improvements.show", address, due_on=one.due_on)


def _shortened(text: str) -> str:
    return f"{text.rstrip('.')}." if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _others(rest: Sequence[Followed], singular: str, plural: str, values: Mapping[str, Any]) -> Iterator[Due]:
    """Counted, under the day of the first of them."""
    if rest:
        said = counted(len(rest), f"autre amélioration {singular}", f"autres améliorations {plural}")
        due_on = rest[0].due_on
        yield Due(f"{said}.", "Ouvrir les améliorations", "cpts.improvements.index", values, due_on=due_on)


def _improvement_day(one: Followed, day: date) -> Dated:
    title, address = f"{one.name}\u00a0: {one.text}", {"improvement_id": one.id}
    key, revision = f"improvement-{one.id}", one.version - 1
    return Dated(key, day, title, one.changed_at, "cpts.improvements.show", address, revision)


def _debrief_day(debrief: Reviewed, due: DebriefDay) -> Dated:
    title = f"{due.what}\u00a0: dernier jour pour le valider" if due.key == REPORT else due.what
    key, address = f"debrief-{due.key}-{debrief.id}", {"debrief_id": debrief.id}
    return Dated(key, due.day, title, debrief.opened_at, "cpts.debriefs.show", address, due.revision - 1)
