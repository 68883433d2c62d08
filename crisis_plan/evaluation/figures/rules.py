"""What a debrief counts by itself: each figure with how it was counted and the entries that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from crisis_plan.folding import folded
from crisis_plan.pilotage.logbook.rules import Part


class FigureKey(StrEnum):
    """The figures of a debrief, in the order in which they are read."""

    DURATION = "duration"
    FACTS = "facts"
    LEVELS = "levels"
    COMMUNES = "communes"
    ENTRIES = "entries"
    DECISIONS = "decisions"
    WITHOUT_REASON = "without_reason"
    LATE = "late"
    SILENCES = "silences"
    FLAGGED = "flagged"
    TASKS = "tasks"
    CELL_REACHED = "cell_reached"
    MESSAGES = "messages"
    SITUATION_REPORTS = "situation_reports"
    PROFESSIONALS = "professionals"
    ACTIONS = "actions"
    STOCK = "stock"
    ATTENDANCE = "attendance"
    ANSWERS = "answers"

    @property
    def label(self) -> str:
        return {
            "duration": "Durée",
            "facts": "Trois faits datés",
            "levels": "Niveaux",
            "communes": "Communes touchées et besoins",
            "entries": "Entrées du journal",
            "decisions": "Décisions",
            "without_reason": "Décisions sans raison écrite",
            "late": "Saisies tardives",
            "silences": "Silences du journal",
            "flagged": "Entrées à revoir",
            "tasks": "Tâches",
            "cell_reached": "Cellule jointe",
            "messages": "Messages envoyés",
            "situation_reports": "Points de situation",
            "professionals": "Professionnels mobilisés",
            "actions": "Actions du plan menées",
            "stock": "Matériel sorti",
            "attendance": "Participants",
            "answers": "Réponses mesurées",
        }[self.value]

    @property
    def address(self) -> str:
        """How the address of its page calls it."""
        return folded(self.label).replace(" ", "-")


class Cited(NamedTuple):
    """An entry of the logbook, by its part and number."""

    part: Part
    number: int


@dataclass(frozen=True)
class Line:
    """One line under a figure: « Infirmier », « 9 personnes, 61 h », and the entries behind it."""

    label: str
    value: str
    entries: tuple[Cited, ...] = ()
    who: str = ""
    """Names of professionals: shown to the cell and in the restricted edition, never in the public one."""


@dataclass(frozen=True)
class Figure:
    """A figure, how it is counted, its lines, and every entry that it rests on."""

    key: FigureKey
    value: str
    """In words: « 12 », « 31 h 30 », « 8 sur 20 »."""
    counted: str
    """How, in one sentence: a reader can do it again."""
    lines: Sequence[Line] = ()
    entries: Sequence[Cited] = field(default=())

    @property
    def label(self) -> str:
        return self.key.label
