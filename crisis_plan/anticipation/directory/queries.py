"""The directory, read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload

from crisis_plan.anticipation.directory import rules, telephones
from crisis_plan.anticipation.directory.filtering import filter_choices, filtered, of_freshness, unknown_words
from crisis_plan.anticipation.directory.filters import Choices, Filters
from crisis_plan.anticipation.directory.models import Contact, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.overview import Adherents, Overview
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, Likeness
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import Page, page_of

__all__ = ["Choices", "Filters", "filter_choices", "filtered", "unknown_words"]

EVERYTHING = (selectinload(Contact.places), selectinload(Contact.phones), selectinload(Contact.emails))


def page(cpts: Cpts, filters: Filters, number: int) -> Page[Contact]:
    """A page of the list, with places and telephones."""
    query = filtered(cpts, filters).options(selectinload(Contact.places), selectinload(Contact.phones))
    return page_of(query, number)


def contacts(cpts: Cpts, filters: Filters | None = None) -> Sequence[Contact]:
    """Whole contacts, with everything that reaches them."""
    return db.session.scalars(filtered(cpts, filters or Filters()).options(*EVERYTHING)).all()


def contact_or_404(cpts: Cpts, contact_id: UUID) -> Contact:
    """The contact at this address, if it is of this CPTS."""
    query = sa.select(Contact).where(Contact.id == contact_id, Contact.cpts_id == cpts.id).options(*EVERYTHING)
    return db.session.scalars(query).one_or_none() or abort(404)


def contacts_with_ids(cpts: Cpts, contact_ids: Collection[UUID]) -> Sequence[Contact]:
    """These contacts of the CPTS, whole, by name."""
    query = filtered(cpts, Filters()).where(Contact.id.in_(contact_ids))
    return db.session.scalars(query.options(*EVERYTHING)).all()


def contacts_of_kinds(cpts: Cpts, kinds: Collection[ContactKind]) -> Sequence[Contact]:
    """Contacts of these kinds by name, with where they work and the e-mail addresses that reach them."""
    query = filtered(cpts, Filters()).where(Contact.kind.in_(kinds))
    return db.session.scalars(query.options(selectinload(Contact.places), selectinload(Contact.emails))).all()


def overview(cpts: Cpts, today: date) -> Overview:
    """How many contacts of each kind, how many verified in the last 12 months, how many of those 6 months ago."""
    is_fresh = sa.case((Contact.verified_on >= rules.fresh_since(today), 1), else_=0)
    is_ageing = sa.case((of_freshness(Freshness.AGEING, today), 1), else_=0)
    counted = db.session.execute(
        sa.select(Contact.kind, sa.func.count(), sa.func.sum(is_fresh), sa.func.sum(is_ageing))
        .where(Contact.cpts_id == cpts.id)
        .group_by(Contact.kind)
    ).all()
    by_kind = Counter({kind: count for kind, count, _, _ in counted})
    return Overview(
        {kind: by_kind[kind] for kind in ContactKind},
        sum(fresh for _, _, fresh, _ in counted),
        sum(ageing for _, _, _, ageing in counted),
    )


def adherents_on(cpts: Cpts, day: date) -> Adherents:
    """Who had expressly joined by this day: people and structures; those without a joining date are told apart."""
    joined = sa.func.sum(sa.case((Contact.joined_on <= day, 1), else_=0))
    undated = sa.func.sum(sa.case((Contact.joined_on.is_(None), 1), else_=0))
    rows = db.session.execute(
        sa.select(Contact.is_service, joined, undated)
        .where(Contact.cpts_id == cpts.id, Contact.kind == ContactKind.ADHERENT)
        .group_by(Contact.is_service)
    ).all()
    counted = Counter({is_service: count for is_service, count, _ in rows})
    return Adherents(counted[False], counted[True], sum(without for _, _, without in rows))


def open_mobiles(cpts: Cpts) -> int:
    """How many mobile numbers are not private: the public edition prints them."""
    numbers = sa.select(ContactPhone.number).join(Contact, Contact.id == ContactPhone.contact_id)
    rows = db.session.scalars(
        numbers.where(
            Contact.cpts_id == cpts.id,
            ContactPhone.is_private.is_(False),
            *(ContactPhone.number.not_like(f"{prefix}%") for prefix in telephones.FRENCH_PLACES),
        )
    )
    return sum(telephones.is_mobile(number) for number in rows)


def missing(cpts: Cpts) -> tuple[str, ...]:
    """What the trame still asks of the directory, as French sentences; one statement."""
    present = db.session.execute(
        sa.select(Contact.kind, Contact.category).where(Contact.cpts_id == cpts.id).distinct()
    ).all()
    return rules.missing([(kind, category) for kind, category in present])


@dataclass
class Taken:
    """Who is already in the directory, as an import recognises them."""

    by_national_id: dict[str, str] = field(default_factory=dict)
    by_likeness: dict[Likeness, str] = field(default_factory=dict)


def taken(cpts: Cpts) -> Taken:
    """Identifiers and looks of every contact, with where each is: « l’annuaire »."""
    found = Taken()
    rows = db.session.execute(
        sa.select(Contact.national_id, Contact.sort_name, ContactPlace.commune)
        .outerjoin(ContactPlace, ContactPlace.contact_id == Contact.id)
        .where(Contact.cpts_id == cpts.id)
    )
    for national_id, sort_name, commune in rows:
        if national_id:
            found.by_national_id[national_id] = IN_THE_DIRECTORY
        for likeness in rules.likenesses(sort_name, [commune or ""]):
            found.by_likeness[likeness] = IN_THE_DIRECTORY
    return found


IN_THE_DIRECTORY = "dans l’annuaire"


def known_people(cpts: Cpts, national_ids: Collection[str]) -> dict[str, Contact]:
    """Contacts that bear one of these national identifiers, whole, in few statements."""
    wanted = sorted(national_ids)
    found: dict[str, Contact] = {}
    for start in range(0, len(wanted), 500):
        query = sa.select(Contact).where(
            Contact.cpts_id == cpts.id, Contact.national_id.in_(wanted[start : start + 500])
        )
        found |= {str(one.national_id): one for one in db.session.scalars(query.options(*EVERYTHING))}
    return found


def people_without_id(cpts: Cpts) -> Sequence[Contact]:
    """People typed by hand without their national identifier, whole."""
    query = sa.select(Contact).where(
        Contact.cpts_id == cpts.id, Contact.national_id.is_(None), Contact.is_service.is_(False)
    )
    return db.session.scalars(query.options(*EVERYTHING)).all()
