"""What the cell did: tasks, whom it reached, what it sent; without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey, Line
from crisis_plan.evaluation.figures.wording import cited, how_many, in_annex, length, of_the_log, people
from crisis_plan.pilotage.calls.choices import Audience
from crisis_plan.pilotage.calls.rules import Results, in_words
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import number

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.reckoning import Marked

NOT_MEASURED = "non mesuré"


class Task(Protocol):
    """A task as it stands."""

    @property
    def state(self) -> TaskState: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def word(self) -> str: ...
    @property
    def entry_number(self) -> int | None: ...


class SentMessage(Protocol):
    """A message by its entry, with how many people it was for and how many it missed."""

    @property
    def part(self) -> object: ...
    @property
    def number(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def not_reached(self) -> int: ...


@dataclass(frozen=True)
class Called:
    """A call list of the crisis: whom it was for, and what it measured."""

    audience: str
    results: Results


def is_done_late(task: Task) -> bool:
    """Whether it was said to be done after its hour; without an hour nothing is late."""
    return task.state is TaskState.DONE and task.due_at is not None and task.changed_at > task.due_at


def tasks(found: Sequence[Task]) -> Figure:
    """What became of every task."""
    done = [one for one in found if one.state is TaskState.DONE]
    dropped = [one for one in found if one.state is TaskState.DROPPED]
    kinds = (
        ("Faites à l’heure ou sans échéance", [one for one in done if not is_done_late(one)]),
        ("Faites après leur échéance", [one for one in done if is_done_late(one)]),
        ("Abandonnées avec un mot", [one for one in dropped if one.word]),
        ("Abandonnées sans un mot", [one for one in dropped if not one.word]),
        ("Restées ouvertes", [one for one in found if one.state.is_open]),
    )
    return Figure(
        FigureKey.TASKS,
        f"{number(len(done))} sur {number(len(found))} faites" if found else "aucune",
        "Chaque tâche de la crise par son dernier état\u00a0; elle est faite en retard quand ce dernier état a été noté après "
        "son échéance.",
        [Line(label, number(len(of_kind)), _told_by(of_kind)) for label, of_kind in kinds],
        _told_by(found),
    )


def _told_by(found: Iterable[Task]) -> tuple[Cited, ...]:
    return of_the_log(one.entry_number for one in found)


def cell_reached(
    opened_at: datetime, lists: Sequence[Called], first_reached_at: datetime | None, rows: Iterable[Marked]
) -> Figure:
    """How fast the cell was reached, by its first call list; « non atteint » where it was not."""
    cell = next((one.results for one in lists if one.audience == Audience.CELL.label), None)
    entries = cited(one for one in rows if one.begins)
    lines = []
    if lists:
        first = length(max(first_reached_at, opened_at) - opened_at) if first_reached_at else "personne n’a été joint"
        lines.append(Line("Première personne jointe, depuis l’ouverture", first))
    if cell:
        lines.append(Line("La moitié de la cellule, depuis l’ouverture de sa liste", in_words(cell.median)))
        lines.append(Line("90\u00a0% de la cellule, depuis l’ouverture de sa liste", in_words(cell.ninetieth)))
    return Figure(
        FigureKey.CELL_REACHED,
        f"{number(cell.reached)} sur {number(cell.asked)}" if cell else NOT_MEASURED,
        "La première personne jointe l’est par l’une des listes d’appel de la crise\u00a0; la moitié et 90\u00a0% se comptent sur "
        "toutes les personnes de la première liste ouverte pour la cellule."
        if cell
        else "Aucune liste d’appel n’a été ouverte pour la cellule.",
        lines,
        entries,
    )


def messages(rows: Iterable[Marked], sent: Sequence[SentMessage]) -> Figure:
    """The messages told by the logbook; people are known of those that left by the page of messages."""
    found = [one for one in rows if one.kind is EntryKind.MESSAGE]
    kept = {(one.part, one.number) for one in sent}
    by_hand = [one for one in found if (one.part, one.number) not in kept]
    by_page = [one for one in found if (one.part, one.number) in kept]
    missed = {(one.part, one.number) for one in sent if one.not_reached}
    of_missed = [one for one in by_page if (one.part, one.number) in missed]
    lines = [
        Line("Envoyés ou consignés à la page des messages", number(len(by_page)), cited(by_page)),
        Line("Notés à la main dans le journal", number(len(by_hand)), cited(by_hand)),
        Line("Destinataires", people(sum(one.people for one in sent)), cited(by_page)),
        Line("Non joints par courriel, à appeler", people(sum(one.not_reached for one in sent)), cited(of_missed)),
    ]
    return Figure(
        FigureKey.MESSAGES,
        how_many(len(found), in_annex(found), "aucun"),
        "Les entrées de nature «\u00a0Message envoyé\u00a0»\u00a0; les destinataires sont ceux de la page des messages, comptés à "
        "chaque message, et ceux d’un message noté à la main ne sont pas connus.",
        lines if found else [],
        cited(found),
    )
