"""The crisis cell, as the plan prints it."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.referents.chapter import reached
from crisis_plan.document.blocks import Block, Cell, Column, Fact, Facts, Heading, Notice, Row, Span, Table, Tone, plain
from crisis_plan.document.inline import safe_href
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries
from crisis_plan.pilotage.crisis_cell.models import CellPlace
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday
from crisis_plan.pilotage.crisis_cell.rules import bridge_href

COLUMNS = (Column("Fonction", 2.4), Column("Titulaire", 1.8), Column("Suppléant", 1.8))
NOBODY = "À désigner"


def functions(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """Who holds which function on this day, and how to reach them."""
    rows = tuple(_row(held) for held in queries.functions(cpts, today))
    return (Table("Fonctions de la cellule de crise", COLUMNS, rows, empty="Aucune fonction n’est décrite."),)


def _row(held: FunctionToday) -> Row:
    function = held.function
    what = (Span(function.name, bold=True), *((Span(f"\n{function.task}"),) if function.task else ()))
    people = (reached(duty.contact) if duty else NOBODY for _, duty in held.held_by)
    return Row((what, *people), key=f"function-{function.id}")


def place(cpts: Cpts) -> tuple[Block, ...]:
    """Where the cell meets and falls back; how to get in and call in only in the restricted edition."""
    found = queries.place(cpts)
    if found is None:
        return (Notice(plain("Le lieu de la cellule de crise n’est pas indiqué."), Tone.WARNING),)
    return (
        Facts(_written(_meeting(found))),
        Heading("Repli", level=3),
        Facts(_written(_fallback(found))),
    )


def meeting_point(cpts: Cpts) -> tuple[Fact, ...]:
    """The same in a few lines, for the page that is read in a hurry."""
    found = queries.place(cpts)
    if found is None:
        return (Fact("Lieu", "Non indiqué"),)
    facts = (
        Fact("Lieu", _with_access(_joined(found.name, found.address), found.access)),
        Fact("Visioconférence", _video(found), restricted=True),
        Fact("Pont téléphonique", _bridge(found), restricted=True),
        Fact("Repli", _with_access(_joined(found.fallback_name, found.fallback_address), found.fallback_access)),
    )
    return tuple(fact for fact in facts if fact.value)


def _with_access(where: str, access: str) -> Cell:
    """Where, then how to get in for those who may know: one row, so that the page of the alert stays one page."""
    return (Span(where), Span(f"\nAccès\u00a0: {access}", restricted=True)) if access else where


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _meeting(found: CellPlace) -> tuple[Fact, ...]:
    return (
        Fact("Lieu", found.name),
        Fact("Adresse", found.address),
        Fact("Accès et clés", found.access, restricted=True),
        Fact("Visioconférence", _video(found), restricted=True),
        Fact("Pont téléphonique", _bridge(found), restricted=True),
    )


def _video(found: CellPlace) -> Cell:
    return plain(found.video, href=safe_href(found.video)) if found.video else ""


def _bridge(found: CellPlace) -> Cell:
    return plain(found.telephone_bridge, href=bridge_href(found.telephone_bridge)) if found.telephone_bridge else ""


def _fallback(found: CellPlace) -> tuple[Fact, ...]:
    return (
        Fact("Lieu", found.fallback_name),
        Fact("Adresse", found.fallback_address),
        Fact("Accès et clés", found.fallback_access, restricted=True),
    )


def _written(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those that say something; the place itself is always named, or said to be missing."""
    return tuple(
        Fact("Lieu", "Non indiqué") if fact.label == "Lieu" and not fact.value else fact
        for fact in facts
        if fact.value or fact.label == "Lieu"
    )
