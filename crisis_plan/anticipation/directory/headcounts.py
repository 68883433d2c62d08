"""How many people of each profession, and in each commune: what a territory can count on."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import Contact, ContactPlace
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Headcount:
    """People of the territory under one heading, adherents included and told apart."""

    heading: str
    people: int
    adherents: int


def by_profession(cpts: Cpts) -> list[Headcount]:
    """People by profession, the most numerous first; those whose profession is unknown last."""
    return _counted(cpts, sa.select(Contact.profession, *COUNTS).group_by(Contact.profession))


def by_commune(cpts: Cpts) -> list[Headcount]:
    """People by commune of practice, the most numerous first; who practises in two communes counts in both."""
    query = sa.select(ContactPlace.commune, *COUNTS).join(Contact, Contact.id == ContactPlace.contact_id)
    return _counted(cpts, query.where(ContactPlace.commune != "").group_by(ContactPlace.commune))


IS_ADHERENT = sa.case((Contact.kind == ContactKind.ADHERENT, Contact.id))
COUNTS = (sa.func.count(sa.distinct(Contact.id)), sa.func.count(sa.distinct(IS_ADHERENT)))


def _counted(cpts: Cpts, query: sa.Select[str, int, int]) -> list[Headcount]:
    rows = db.session.execute(
        query.where(Contact.cpts_id == cpts.id, Contact.is_service.is_(False), Contact.kind.in_(PEOPLE))
    ).all()
    found = [Headcount(heading, people, adherents) for heading, people, adherents in rows]
    return sorted(found, key=lambda one: (not one.heading, -one.people, folded(one.heading)))
