"""Who and what the territory counts on, counted from the directory: for the territory's chapter of the plan."""

from __future__ import annotations

import sqlalchemy as sa

from crisis_plan.anticipation.directory import headcounts
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.document.blocks import Block, Column, Paragraph, Row, Table, plain
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, number

SERVICES = (ContactKind.ESTABLISHMENT, ContactKind.INSTITUTION, ContactKind.PARTNER)
UNSAID_PROFESSION, UNSAID_CATEGORY = "Profession non précisée", "Catégorie non précisée"

PEOPLE_COLUMNS = (
    Column("Profession", 2),
    Column("Professionnels", 3, drawn=True),
    Column("dont adhérents", numeric=True),
)
SERVICE_COLUMNS = (Column("Nature", 1.4), Column("Catégorie", 2), Column("Dans l’annuaire", numeric=True))


def counts(cpts: Cpts) -> tuple[Block, ...]:
    """Professionals by profession, adherents told apart; then services by category. Nothing from an empty directory."""
    return (*_professionals(cpts), *_services(cpts))


def _professionals(cpts: Cpts) -> tuple[Block, ...]:
    known = headcounts.by_profession(cpts)
    if not known:
        return ()
    rows = (Row((one.heading or UNSAID_PROFESSION, number(one.people), number(one.adherents))) for one in known)
    people, adherents = sum(one.people for one in known), sum(one.adherents for one in known)
    said = (
        f"{counted(people, 'professionnel')} dans l’annuaire, adhérents compris\u00a0; "
        f"{counted(adherents, 'est adhérent', 'sont adhérents')} de l’association."
    )
    return (Table("Professionnels de santé du territoire", PEOPLE_COLUMNS, tuple(rows)), Paragraph(plain(said)))


def _services(cpts: Cpts) -> tuple[Block, ...]:
    rows = tuple(_service_row(kind, category, count) for kind, category, count in by_category(cpts))
    if not rows:
        return ()
    return (Table("Établissements, institutions et partenaires", SERVICE_COLUMNS, rows),)


def _service_row(kind: ContactKind, category: str, count: int) -> Row:
    return Row((kind.plural, category or UNSAID_CATEGORY, number(count)), key=f"{kind.value}-{folded(category)}")


def by_category(cpts: Cpts) -> list[tuple[ContactKind, str, int]]:
    """How many establishments, institutions and partners of each category; the most numerous first within a kind."""
    query = (
        sa.select(Contact.kind, Contact.category, sa.func.count())
        .where(Contact.cpts_id == cpts.id, Contact.kind.in_(SERVICES))
        .group_by(Contact.kind, Contact.category)
    )
    found = [(kind, category, count) for kind, category, count in db.session.execute(query)]
    return sorted(found, key=lambda one: (SERVICES.index(one[0]), not one[1], -one[2], folded(one[1])))
