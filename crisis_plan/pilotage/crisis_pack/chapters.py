"""The chapters of the pack that other rooms write for the plan, gathered as they stand today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan.adaptation.levels import chapter as levels
from crisis_plan.adaptation.places import chapter as places
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.chapter import reached, telephones
from crisis_plan.anticipation.stock import chapter as stock
from crisis_plan.document.blocks import Chapter, Column, Heading, Paragraph, Part, Row, Table, plain
from crisis_plan.orsan.catalogue import TRIGGERED_BY
from crisis_plan.orsan.matrix import chapter as orsan
from crisis_plan.pilotage.crisis_cell import chapter as crisis_cell
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday
from crisis_plan.pilotage.crisis_pack.people import addresses
from crisis_plan.pilotage.crisis_pack.reading import Reading
from crisis_plan.publication import alert as alert_page

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

FUNCTIONS = (
    Column("Fonction", 1.5),
    Column("Ce qu’elle fait", 2.2),
    Column("Titulaire", 1.5),
    Column("Suppléant", 1.5),
)
TO_CALL = (Column("Service", 2), Column("Catégorie", 1.5), Column("Téléphones", 1.4), Column("Courriel", 1.6))
FIRST_LINE = "Institutions, secours, hôpitaux"
FIRST_LINE_CATEGORIES = frozenset({"SAMU", "Secours", "Préfecture", "Hôpital"})
"""Services that are called in such a crisis whatever ties them to the CPTS."""
NOBODY = "Ni institution, ni SAMU, ni hôpital dans l’annuaire."


def alert(reading: Reading) -> tuple[Chapter, ...]:
    return (alert_page.chapter(reading.cpts, reading.today),)


def cell(reading: Reading) -> tuple[Chapter, ...]:
    """Who holds which function, how to reach them, where they meet and fall back."""
    blocks = (
        Heading("Fonctions"),
        Table("Fonctions", FUNCTIONS, tuple(map(_function, reading.functions)), empty="Aucune fonction n’est décrite."),
        Heading("Lieu"),
        *crisis_cell.place(reading.cpts),
    )
    return (Chapter("cellule-de-crise", "Cellule de crise", blocks, Part.ANNEX),)


def means(reading: Reading) -> tuple[Chapter, ...]:
    """Every batch and every other means, with where it is and how to get it."""
    return (stock.annex(reading.cpts, reading.today),)


def mobilised_places(reading: Reading) -> tuple[Chapter, ...]:
    return (places.annex(reading.cpts, reading.today),)


def ladder(reading: Reading) -> tuple[Chapter, ...]:
    return (Chapter("niveaux", "Niveaux", levels.summary(reading.cpts, reading.today), Part.ANNEX),)


def orsan_calls(reading: Reading) -> tuple[Chapter, ...]:
    """Whom to call first, then which plan answers which crisis, and who keeps the neighbouring plans."""
    called = sorted(filter(_is_called, reading.contacts), key=lambda one: one.kind is not ContactKind.INSTITUTION)
    blocks = (
        Heading("Qui appeler"),
        Paragraph(plain(TRIGGERED_BY)),
        Table(FIRST_LINE, TO_CALL, tuple(map(_to_call, called)), empty=NOBODY),
        Heading("Plans ORSAN et plans voisins"),
        *orsan.summary(reading.cpts, reading.today),
    )
    return (Chapter("orsan", "ORSAN\u00a0: qui appeler", blocks, Part.ANNEX),)


def _is_called(contact: Contact) -> bool:
    return contact.kind is ContactKind.INSTITUTION or contact.category in FIRST_LINE_CATEGORIES


def _to_call(contact: Contact) -> Row:
    return Row((contact.name, contact.what, telephones(contact), addresses(contact)), key=str(contact.id))


def _function(held: FunctionToday) -> Row:
    people = (reached(duty.contact) if duty else crisis_cell.NOBODY for _, duty in held.held_by)
    return Row((held.function.name, held.function.task, *people), key=str(held.function.id))
