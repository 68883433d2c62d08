"""The decisions in the paper of a debrief: what holds of each, and whether somebody wrote why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import Cell, Column, Row, Span, Table
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.evaluation.room.paper_figures import cited
from crisis_plan.pilotage.logbook.wording import ERASED

if TYPE_CHECKING:
    from crisis_plan.evaluation.room.material import Material
    from crisis_plan.pilotage.logbook.models import LogbookEntry

WITH_REASON, WITHOUT_REASON = "raison écrite", "aucune raison écrite"
DECISIONS = (
    Column("Entrée", 0.9),
    Column("Heure", 1.0),
    Column("Ce qui a été décidé, et par qui", 3.4, restricted=True),
    Column("Raison", 2.6),
)


def decisions_table(material: Material) -> Table:
    """Each decision of the log, then of its annex, as its last correction tells it.

    Anybody reads that it was taken and whether a reason was written; what was noted may name people.
    """
    rows = (_row(material, one) for one in material.decisions)
    return Table("Décisions", DECISIONS, tuple(rows), empty="Aucune décision n’a été notée.")


def _row(material: Material, one: LogbookEntry) -> Row:
    corrections = material.corrections_of(one)
    holds = corrections[-1] if corrections else one
    return Row(
        (
            _name(one, corrections),
            f"{clock.local(one.happened_at, material.cpts):%d/%m/%y %H:%M}",
            f"{ERASED if holds.is_erased else holds.said.text}{_by(one)}",
            _reason(one),
        ),
        key=f"{one.part}-{one.number}",
    )


def _name(one: LogbookEntry, corrections: list[LogbookEntry]) -> str:
    """« n° 12, corrigée par n° 14, 15 »."""
    by = cited([Cited(each.part, each.number) for each in corrections])
    return f"{one.name}, corrigée par {by}" if by else one.name


def _by(one: LogbookEntry) -> str:
    return f" – {one.said.decided_by}" if one.said.decided_by and not one.is_erased else ""


def _reason(one: LogbookEntry) -> Cell:
    if one.is_erased:
        return ""
    if not one.said.reason:
        return WITHOUT_REASON
    return (Span(WITH_REASON), Span(f"\u00a0: {one.said.reason}", restricted=True))
