"""The tasks on paper: what is to be done, by function, with a box to tick by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    CheckItem,
    CheckList,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Span,
    Text,
    plain,
)
from crisis_plan.document.typography import french
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.tasks.rows import TaskNow
from crisis_plan.web.formats import counted, moment

NOBODYS = "Confiées à personne"


def task_list(cpts: Cpts, crisis: Crisis, rows: Sequence[TaskNow], *, at: datetime) -> Document:
    """What is open, a list for each function; what is over is counted."""
    title = f"{crisis.mode.prefix}Tâches de la crise\u00a0: {crisis.title}"
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=crisis.name,
        dated_on=clock.local(at, cpts).date(),
        status=crisis.stage.label,
        author="",
        cover=Facts(()),
        chapters=(Chapter("taches", title, tuple(_blocks(cpts, rows, at)), Part.ANNEX),),
        address="",
        watermark="EXERCICE" if crisis.is_exercise else "",
    )


def _blocks(cpts: Cpts, rows: Sequence[TaskNow], at: datetime) -> Iterable[Block]:
    open_rows = [row for row in rows if row.task.state.is_open]
    over = counted(len(rows) - len(open_rows), "tâche faite ou abandonnée", "tâches faites ou abandonnées")
    to_do = counted(len(open_rows), "tâche reste ouverte", "tâches restent ouvertes")
    yield Paragraph(plain(f"{to_do}, {over}. État du {moment(at, cpts)}."))
    if not open_rows:
        yield Notice(plain("Aucune tâche n’est ouverte."))
    groups: dict[str, list[TaskNow]] = {}
    for row in sorted(open_rows, key=_place):
        groups.setdefault(_whose(row), []).append(row)
    for whose, found in groups.items():
        yield Heading(whose)
        yield CheckList(tuple(_item(cpts, row) for row in found))


def _place(row: TaskNow) -> tuple[bool, int]:
    function = row.task.function
    return function is None, function.position if function else 0


def _whose(row: TaskNow) -> str:
    """« Liaison : Anne Petit »."""
    if row.task.function is None:
        return row.task.who or NOBODYS
    return f"{row.task.function.name}\u00a0: {row.on_duty or 'personne'}"


def _item(cpts: Cpts, row: TaskNow) -> CheckItem:
    due = f"{clock.local(row.task.due_at, cpts):%d/%m %H:%M}" if row.task.due_at else ""
    return CheckItem(_text(row), when=due, proof=french(row.task.proof))


def _text(row: TaskNow) -> Text:
    task = row.task
    care = (Span(f"{task.care.label}\u00a0: ", bold=True),) if task.care else ()
    late = (Span(f" – {row.due}", bold=True),) if row.is_overdue else ()
    word = (Span(f" – {task.word}", italic=True),) if task.word else ()
    return (*care, Span(french(task.text)), *late, *word)
