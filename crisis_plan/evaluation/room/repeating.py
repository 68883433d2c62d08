"""What people wrote in a debrief, and after it, that may repeat an entry of its log: named one by one, each erasable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import (
    Debrief,
    DebriefAddendum,
    DebriefFile,
    DebriefFinding,
    DebriefMeeting,
    FigureComment,
)
from crisis_plan.evaluation.figures.rules import FigureKey
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument, ImprovementStep
from crisis_plan.folding import folded
from crisis_plan.pilotage.logbook.repeats import ERASED

Row = Debrief | DebriefMeeting | DebriefFinding | FigureComment | DebriefAddendum | Improvement | ImprovementDocument
TEXTS = {"description": "la description du bilan", "lessons": "les enseignements du bilan"}
EMPTY = {"content": None, "file_name": "", "media_type": "", "size": 0, "sha256": ""}
RUN = 4
"""As many words in a row make the same words."""


@dataclass(frozen=True)
class Piece:
    """One thing that somebody wrote and that can be erased by itself."""

    row: Row
    columns: tuple[str, ...]
    name: str
    """In words: « le constat n° 2 du bilan »."""
    written: tuple[str, ...]
    finding: DebriefFinding | None = None
    """The finding that it is, or that it answers."""

    @property
    def key(self) -> str:
        """What names it from one transaction to the next."""
        return f"{self.field}:{self.row.id}"

    @property
    def field(self) -> str:
        """What the history calls it."""
        return ".".join((self.row.__tablename__, *(self.columns if isinstance(self.row, Debrief) else ())))

    def says(self, words: str) -> bool:
        """Whether it says some of these folded words in a row."""
        run = words.split()[:RUN]
        return bool(run) and not _runs(words, len(run)).isdisjoint(_runs(folded(" ".join(self.written)), len(run)))


def pieces(debrief: Debrief) -> list[Piece]:
    """Everything that is written there and not erased yet, in the order in which it is read."""
    return [one for one in _all(debrief) if any(text not in ("", ERASED) for text in one.written)]


def rests_on(piece: Piece, entry_id: object) -> bool:
    """Whether it is a finding that cites this entry, or what was decided of one."""
    return (
        piece.finding is not None
        and not isinstance(piece.row, ImprovementDocument)
        and any(one.entry_id == entry_id for one in piece.finding.entries)
    )


def erase(piece: Piece) -> None:
    """Take its words away: those of an improvement with what its steps say, those of an addendum with its PDFs."""
    row = piece.row
    if isinstance(row, ImprovementDocument):
        _update(ImprovementDocument, ImprovementDocument.id == row.id, EMPTY)
        return
    _update(type(row), type(row).id == row.id, {**_blank(type(row), piece.columns), **_version(row)})
    if isinstance(row, Improvement):
        said = sa.and_(ImprovementStep.improvement_id == row.id, ImprovementStep.word != "")
        _update(ImprovementStep, said, {"word": ERASED})
    if isinstance(row, DebriefAddendum):
        theirs = sa.and_(DebriefFile.debrief_id == row.debrief_id, DebriefFile.addendum_number == row.number)
        _update(DebriefFile, theirs, {"content": None})


def _all(debrief: Debrief) -> Iterator[Piece]:
    for column, name in TEXTS.items():
        yield Piece(debrief, (column,), name, (getattr(debrief, column),))
    for meeting in debrief.meetings:
        yield Piece(meeting, ("notes",), f"les notes du bilan, «\u00a0{meeting.meeting.label}\u00a0»", (meeting.notes,))
    for comment in debrief.comments:
        name = f"le commentaire du chiffre «\u00a0{FigureKey(comment.figure).label}\u00a0»"
        yield Piece(comment, ("text",), name, (comment.text,))
    for finding in debrief.findings:
        written, name = (finding.as_said, finding.as_validated), f"le constat n°\u00a0{finding.number} du bilan"
        yield Piece(finding, ("as_said", "as_validated"), name, written, finding)
        yield from _decided(finding)
    for addendum in debrief.addenda:
        name = f"l’additif n°\u00a0{addendum.number} du bilan"
        yield Piece(addendum, ("text",), name, (addendum.text,))


def _decided(finding: DebriefFinding) -> Iterator[Piece]:
    """The improvements that answer it, each with what its steps say; then each of their documents, by its name."""
    query = sa.select(Improvement).where(Improvement.finding_id == finding.id).order_by(Improvement.number)
    beside = selectinload(Improvement.steps), selectinload(Improvement.documents)
    for one in db.session.scalars(query.options(*beside)):
        name = f"l’amélioration n°\u00a0{one.number}"
        yield Piece(one, ("text", "word"), name, (one.text, one.word, *(step.word for step in one.steps)), finding)
        for kept in one.documents:
            of = f"le document «\u00a0{kept.file_name}\u00a0» de {name}"
            yield Piece(kept, tuple(EMPTY), of, (kept.file_name,), finding)


def _runs(words: str, length: int) -> set[tuple[str, ...]]:
    said = words.split()
    return {tuple(said[first : first + length]) for first in range(len(said) - length + 1)}


def _blank(model: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    table = model.__table__
    return {name: sa.case((table.c[name] == "", ""), else_=ERASED) for name in columns}


def _version(row: Any) -> dict[str, Any]:
    """A form that was opened before is refused: it would write the words again. What is validated has none open."""
    if isinstance(row, DebriefAddendum):
        return {}
    debrief = row if isinstance(row, Debrief) else getattr(row, "debrief", None)
    is_frozen = debrief is not None and debrief.is_validated
    return {} if is_frozen else {"version": type(row).version + 1}


def _update(model: Any, where: sa.ColumnElement[bool], values: dict[str, Any]) -> None:
    db.session.execute(sa.update(model).where(where).values(values).execution_options(synchronize_session=False))
