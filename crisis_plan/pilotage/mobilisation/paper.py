"""The two counts on paper and in a spreadsheet, line by line (domain, section 10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Table,
    Tone,
    plain,
)  # fmt: skip
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.logbook.wording import witness
from crisis_plan.pilotage.mobilisation.board import Board
from crisis_plan.pilotage.mobilisation.counts import NOT_SAID
from crisis_plan.pilotage.mobilisation.wording import PURPOSE, PURPOSE_OF_EXERCISE, span
from crisis_plan.web.formats import moment, number

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry

HEADINGS = ("Compte", "Personne", "Profession", "Action", "Début", "Fin", "Minutes", "Ce qui a été fait", "Entrée")
PROFESSIONS = (Column("Profession", 3), Column("Personnes", 1, numeric=True), Column("Temps", 1.2, numeric=True))
PEOPLE = (Column("Personne", 1.6), Column("Profession", 1.2), Column("Temps noté", 2.2), Column("Total", 0.7, numeric=True), Column("Actions", 1.8))  # fmt: skip
ACTIONS = (Column("Action du plan", 2), Column("Quand", 1.4), Column("Par qui", 2), Column("Précisions", 2))


def mobilisation_paper(cpts: Cpts, board: Board, last: LogbookEntry | None, *, at: datetime) -> Document:
    """Who worked and what was carried out, with what a person should look at again."""
    crisis, totals = board.crisis, board.totals
    title = f"Temps et actions, le {moment(at, cpts)}"
    purpose = PURPOSE_OF_EXERCISE if crisis.is_exercise else PURPOSE
    facts = (
        Fact("Professionnels mobilisés", number(totals.professionals)),
        Fact("Actions du plan réalisées", number(totals.actions)),
        Fact("Temps noté", totals.hours),
    )
    blocks: list[Block] = [Facts(facts), Paragraph(plain(purpose))]
    if board.doubts:
        text = "\n".join(one.text for one in board.doubts)
        blocks.append(Notice(plain(text), Tone.WARNING, "À vérifier avant d’utiliser ces comptes"))
    blocks += [
        Heading("Par profession"), Table("", PROFESSIONS, tuple(_professions(board)), empty="Aucun temps noté."),
        Heading("Professionnels, un par ligne"), Table("", PEOPLE, tuple(_people(cpts, board)), empty="Personne."),
        Heading("Actions, une par ligne"), Table("", ACTIONS, tuple(_actions(cpts, board)), empty="Aucune action."),
    ]  # fmt: skip
    chapter = Chapter("temps-et-actions", title, tuple(blocks), Part.ANNEX)
    return paper.document(cpts, crisis, (chapter,), at=at, title=title, witness=witness(last))


def csv_rows(cpts: Cpts, board: Board) -> Iterator[tuple[object, ...]]:
    """One line a time and one an action and its author: whoever counts finds both counts again."""
    for line in board.people:
        for time in line.times:
            minutes = int((_end(time.ends_at, board) - time.starts_at).total_seconds()) // 60
            yield (
                "Temps", line.name, line.profession, "", moment(time.starts_at, cpts), moment(time.ends_at, cpts),
                minutes, time.what, time.entry_number,
            )  # fmt: skip
    for action in board.actions:
        for one in action.times:
            when, entry = moment(one.happened_at, cpts), one.entry_number
            for name, profession in [(who.name, who.profession) for who in one.people] or [("", "")]:
                yield "Action", name, profession, action.label, when, "", "", one.what, entry


def _end(ends_at: datetime | None, board: Board) -> datetime:
    return ends_at or board.until


def _professions(board: Board) -> Iterator[Row]:
    for one in board.totals.by_profession:
        yield Row((one.profession, number(one.people), one.hours))


def _people(cpts: Cpts, board: Board) -> Iterator[Row]:
    for line in board.people:
        times = "\n".join(span(one.starts_at, one.ends_at, cpts) for one in line.times)
        labels = "\n".join(dict.fromkeys(one.label for one in line.actions))
        yield Row((line.name, line.profession or NOT_SAID, times, board.hours(line), labels), key=line.key)


def _actions(cpts: Cpts, board: Board) -> Iterator[Row]:
    for line in board.actions:
        when = "\n".join(moment(one.happened_at, cpts) for one in line.times)
        what = "\n".join(one.what for one in line.times if one.what)
        yield Row((line.label, when, ", ".join(line.names), what), key=line.key)
