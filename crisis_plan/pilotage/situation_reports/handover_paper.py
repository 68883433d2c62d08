"""The handover sheet as a paper of one or two pages, that says its hour and bears the last entry and its seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    plain,
)
from crisis_plan.document.typography import french
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import without_point
from crisis_plan.pilotage.logbook.wording import witness
from crisis_plan.pilotage.situation_reports import wording
from crisis_plan.pilotage.situation_reports.handover import Handover
from crisis_plan.pilotage.situation_reports.lines import hour, one_line, standing, standing_text
from crisis_plan.pilotage.situation_reports.paper import SMALL
from crisis_plan.pilotage.situation_reports.rules import (
    DECISIONS_OF_THE_DUTY,
    ENTRIES_HANDED_OVER,
    TASKS_HANDED_OVER,
    report_name,
)
from crisis_plan.pilotage.situation_reports.rules import Heading as Said
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import counted, moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.duty import FunctionNow
    from crisis_plan.pilotage.facts.models import CrisisFact
    from crisis_plan.pilotage.facts.rules import OneFact
    from crisis_plan.pilotage.logbook.models import LogbookEntry
    from crisis_plan.pilotage.situation_reports.models import SituationReport
    from crisis_plan.pilotage.tasks.rows import TaskNow

UNASSIGNED = "À confier"
LONGEST_LINE = 140
"""Characters of one entry on the sheet: the log itself is a gesture away."""


def sheet(cpts: Cpts, crisis: Crisis, found: Handover) -> Document:
    """The same as a paper of one or two pages, that says its hour and bears the last entry and its seal."""
    title = f"Passation du {moment(found.at, cpts)}"
    state = (*_where(cpts, crisis, found), *_who(found), *_tasks(cpts, found), *_needs(found))
    past = (*_decided(cpts, found), *_stock(found), *_log(cpts, found))
    chapter = Chapter("passation", title, (*state, *past), Part.ANNEX)
    last = found.entries[0] if found.entries else None
    return paper.document(cpts, crisis, (chapter,), at=found.at, title=title, witness=witness(last))


def _where(cpts: Cpts, crisis: Crisis, found: Handover) -> Iterable[Block]:
    expected = str(found.latest.said.get(Said.EVOLUTION.value, "")) if found.latest else ""
    told = [
        Fact("Niveau", crisis.level_name),
        Fact("Ouverte", moment(crisis.opened_at, cpts)),
        *(Fact(one.kind.label, _fact(one, cpts)) for one in found.strip),
        Fact("Prochain point", moment(crisis.next_point_at, cpts) or without_point(crisis.stood_down_at is not None)),
        Fact("Dernier point émis", _latest(cpts, found.latest)),
        Fact("Plume", crisis.pen_name or "personne"),
        Fact("Lieu de la cellule", crisis.place or "non dit"),
    ]
    yield Facts(tuple(told))
    yield _heading("Ce qui est attendu")
    yield Paragraph(plain(french(expected) or "Le dernier point de situation n’en dit rien."))


def _fact(one: OneFact[CrisisFact], cpts: Cpts) -> str:
    return wording.fact_in_words(one.latest, cpts) if one.latest else "non consigné"


def _latest(cpts: Cpts, report: SituationReport | None) -> str:
    return f"{report_name(report.number or 0)}, le {moment(report.issued_at, cpts)}" if report else "aucun"


def _who(found: Handover) -> Iterable[Block]:
    yield _heading("Qui est de service")
    columns = (Column("Fonction", 2.0), Column("De service", 2.0), Column("État", 1.0), Column("Relève", 2.0))
    rows = tuple(Row((one.function.name, one.names or "personne", _presence(one), _coming(one))) for one in found.board)
    yield Table("", columns, rows, empty="Aucune fonction n’est ouverte dans cette crise.")


def _presence(one: FunctionNow) -> str:
    return "SANS PERSONNE" if one.is_gap else one.presence.label


def _coming(one: FunctionNow) -> str:
    return "\n".join(f"{shift.name}, {one.hours(shift.starts_at)}" for shift in one.coming)


def _tasks(cpts: Cpts, found: Handover) -> Iterable[Block]:
    counts, shown = found.tasks.counts, _by_function(found.tasks.rows[:TASKS_HANDED_OVER])
    yield _heading(
        f"Tâches ouvertes\u00a0: {counts.open}, dont {counts.overdue} en retard" if counts.open else "Tâches ouvertes"
    )
    columns = (Column("Fonction", 1.5), Column("Tâche", 4.2), Column("Pour", 1.0))
    rows = tuple(Row((_whose(row), _task(row), _due(cpts, row)), key=str(row.task.id)) for row in shown)
    yield Table("", columns, rows, empty="Aucune tâche ouverte.")
    if (left := counts.open - len(rows)) > 0:
        by = Counter(_whose(row) for row in found.tasks.rows[TASKS_HANDED_OVER:])
        told = ", ".join(f"{whose} {number}" for whose, number in by.items())
        yield Paragraph(plain(f"{counted(left, 'autre tâche ouverte', 'autres tâches ouvertes')}\u00a0: {told}."))


def _by_function(rows: Sequence[TaskNow]) -> list[TaskNow]:
    """By function in the order of the cell; in each the overdue first, as they come."""

    def place(row: TaskNow) -> tuple[bool, int]:
        return row.task.function is None, row.task.function.position if row.task.function else 0

    return sorted(rows, key=place)


def _whose(row: TaskNow) -> str:
    return row.task.function.name if row.task.function else row.task.who or UNASSIGNED


def _task(row: TaskNow) -> str:
    said = f"{row.task.text} – {row.task.word}" if row.task.word else row.task.text
    return french(f"{said} (engagée)" if row.task.state is TaskState.STARTED else said)


def _due(cpts: Cpts, row: TaskNow) -> str:
    if row.task.due_at is None:
        return ""
    due = hour(row.task.due_at, cpts)
    return f"EN RETARD {due}" if row.is_overdue else due


def _needs(found: Handover) -> Iterable[Block]:
    yield _heading("Besoins ouverts")
    columns = (Column("Commune", 1.2), Column("Ce qu’il faut", 4.0))
    rows = tuple(Row((need.commune, wording.need_in_words(need)), key=str(need.id)) for need in found.needs)
    yield Table("", columns, rows, empty="Aucun besoin ouvert.")


def _decided(cpts: Cpts, found: Handover) -> Iterable[Block]:
    yield _heading(f"Décisions des {DECISIONS_OF_THE_DUTY.seconds // 3600} dernières heures")
    columns = (Column("N°", 0.5, numeric=True), Column("Heure", 1.0), Column("Décision", 4.0), Column("Par", 1.4))
    decisions = standing(found.decisions)
    rows = (
        Row((str(one.number), hour(one.happened_at, cpts), _line(one), one.said.decided_by or one.author_name))
        for one in decisions
    )
    yield Table("", columns, tuple(rows), empty="Aucune décision notée.")


def _stock(found: Handover) -> Iterable[Block]:
    yield _heading("Stock sous son seuil")
    yield Paragraph(plain(french(wording.short_in_words(found.short)) or "Aucun article sous son seuil."))


def _log(cpts: Cpts, found: Handover) -> Iterable[Block]:
    yield _heading(f"Les {ENTRIES_HANDED_OVER} dernières entrées du journal")
    columns = (
        Column("N°", 0.4, numeric=True),
        Column("Heure", 1.0),
        Column("Nature", 1.4),
        Column("De", 1.2),
        Column("Ce qui est noté", 4.6),
        Column("Par", 1.0),
    )
    rows = (
        Row(
            (
                str(one.number),
                hour(one.happened_at, cpts),
                one.kind.label,
                one.said.origin,
                _line(one),
                one.author_name,
            )
        )
        for one in standing(found.entries)
    )
    yield Table("", columns, tuple(rows), empty="Rien n’a été noté.")


def _heading(text: str) -> Heading:
    return Heading(text, level=SMALL)


def _line(entry: LogbookEntry) -> str:
    """The text of an entry as it stands, on one line, cut where it is long."""
    text = one_line(standing_text(entry))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE].rstrip()}…"
