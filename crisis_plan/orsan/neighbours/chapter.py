"""The neighbouring plans as the plan prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Cell, Column, Notice, Row, Span, Table, Text, Tone, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries
from crisis_plan.orsan.neighbours.models import NeighbouringPlan
from crisis_plan.orsan.neighbours.rules import checks_due, kind_in_words
from crisis_plan.web.formats import short_date, telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

EMPTY = "Aucun plan voisin n’est recensé."
COLUMNS = (
    Column("Plan et édition", 2),
    Column("Tenu par, à qui en parler", 1.6),
    Column("Vue le", 0.9, passing=True),
    Column("Demande à la CPTS", 1.6),
    Column("La CPTS lui demande", 1.6),
    Column("À vérifier le", 0.9, passing=True),
)


def blocks(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """What is to be checked, then every neighbouring plan on a line; notes stay in the house."""
    known = queries.plans(cpts)
    table = Table("Plans voisins", COLUMNS, tuple(map(_row, known)), empty=EMPTY)
    due = checks_due(known, today)
    return (Notice(plain(due), Tone.WARNING, "Plans voisins à vérifier"), table) if due else (table,)


def _row(plan: NeighbouringPlan) -> Row:
    return Row(
        (
            _named(plan),
            _keeper(plan),
            short_date(plan.edition_seen_on) or "jamais",
            plan.asks_of_cpts,
            plan.asked_by_cpts,
            short_date(plan.next_check_on),
        ),
        key=str(plan.id),
    )


def _named(plan: NeighbouringPlan) -> Text:
    """The name, what it is, the edition that was seen, where to find it; a file's name is its sender's own words."""
    where = _lines((kind_in_words(plan.kind, plan.own_kind), plan.edition, plan.whereabouts))
    said = f"\nDocument gardé par la CPTS\u00a0: {plan.file.file_name}" if plan.file else ""
    kept = (Span(said, restricted=True),) if said else ()
    web = (Span("\n"), Span(plan.address, href=plan.address)) if plan.address else ()
    return (Span(plan.name, bold=True), Span(f"\n{where}"), *kept, *web)


def _keeper(plan: NeighbouringPlan) -> Cell:
    """Who keeps it, whom to ask; private numbers only in the restricted edition."""
    if plan.contact is None:
        return _lines((plan.owner, "Contact à indiquer"))
    owner = (Span(f"{plan.owner}\n"),) if plan.owner else ()
    return (*owner, Span(plan.contact.name, bold=True), *_numbers(plan.contact))


def _numbers(contact: Contact) -> Iterable[Span]:
    for phone in contact.phones_direct_first:
        is_private = phone.is_private
        yield Span("\n", restricted=is_private)
        yield Span(telephone(phone.number), href=f"tel:{phone.number}", restricted=is_private)


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)
