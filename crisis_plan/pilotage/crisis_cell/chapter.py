"""The crisis cell, as the plan prints it."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.referents.chapter import telephones
from crisis_plan.document.blocks import Block, Column, Fact, Facts, Heading, Notice, Row, Span, Table, Tone, plain
from crisis_plan.document.inline import safe_href
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries
from crisis_plan.pilotage.crisis_cell.models import CellPlace
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday

COLUMNS = (Column("Fonction", 2.2), Column("Titulaire", 1.3), Column("Suppléant", 1.3), Column("Téléphones", 1.4))
NOBODY = "À désigner"


def functions(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """Who holds which function on this day, and how to reach them."""
    rows = tuple(_row(held) for held in queries.functions(cpts, today))
    return (Table("Fonctions de la cellule de crise", COLUMNS, rows, empty="Aucune fonction n’est décrite."),)


def _row(held: FunctionToday) -> Row:
    function = held.function
    what = (Span(function.name, bold=True), *((Span(f"\n{function.task}"),) if function.task else ()))
    contacts = [duty.contact for _, duty in held.held_by if duty]
    return Row(
        (
            what,
            held.titular.contact.name if held.titular else NOBODY,
            held.deputy.contact.name if held.deputy else NOBODY,
            telephones(contacts) if contacts else "",
        ),
        key=f"function-{function.id}",
    )


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
        Fact("Lieu", _joined(found.name, found.address)),
        Fact("Accès", found.access, restricted=True),
        Fact("À distance", _joined(found.video, found.telephone_bridge), restricted=True),
        Fact("Repli", _joined(found.fallback_name, found.fallback_address)),
        Fact("Accès au repli", found.fallback_access, restricted=True),
    )
    return tuple(fact for fact in facts if fact.value)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _meeting(found: CellPlace) -> tuple[Fact, ...]:
    return (
        Fact("Lieu", found.name),
        Fact("Adresse", found.address),
        Fact("Accès et clés", found.access, restricted=True),
        Fact(
            "Visioconférence", plain(found.video, href=safe_href(found.video)) if found.video else "", restricted=True
        ),
        Fact("Pont téléphonique", found.telephone_bridge, restricted=True),
    )


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
