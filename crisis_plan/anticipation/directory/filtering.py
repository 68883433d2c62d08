"""The filters of the directory as the database answers them, and what they may be set to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.anticipation.directory import rules, synonyms, telephones
from crisis_plan.anticipation.directory.filters import Choices, Filters
from crisis_plan.anticipation.directory.models import Contact, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, Lacking
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

FEWEST_DIGITS = 4
"""From so many digits on, a telephone is looked for too."""


def filtered(cpts: Cpts, filters: Filters) -> sa.Select[Contact]:
    """Contacts of the CPTS that answer to the filters, by name; every word must be found."""
    query = sa.select(Contact).where(Contact.cpts_id == cpts.id).order_by(Contact.sort_name, Contact.id)
    return query.where(*answering(rules.search_words(filters.q)).values(), *_conditions(cpts, filters))


def answering(words: list[str]) -> dict[str, sa.ColumnElement[bool]]:
    """By what was typed, one condition: that a contact holds it or what means the same, or has that telephone."""
    digits = "".join(word for word in words if word.isdecimal() and word.isascii())
    if len(digits) < FEWEST_DIGITS:
        return {" ".join(found[0]): _found(found) for found in synonyms.looked_for(words)}
    written = [word for word in words if word.isdecimal() and word.isascii()]
    others = [word for word in words if word not in written]
    said = {" ".join(found[0]): _found(found) for found in synonyms.looked_for(others)}
    return said | {" ".join(written): sa.or_(_found((tuple(written),)), _has_phone(digits))}


def _found(answers: synonyms.Answers) -> sa.ColumnElement[bool]:
    held = Contact.search_text.contains
    return sa.or_(*(sa.and_(*(held(word, autoescape=True) for word in way)) for way in answers))


def _has_phone(digits: str) -> sa.ColumnElement[bool]:
    """A number as people write it, whole or its beginning, or any part of it; stored after « + » and a country."""
    number = ContactPhone.number
    if digits.startswith("00"):
        return Contact.phones.any(number.startswith(f"+{digits[2:]}"))
    if digits.startswith("0"):
        return Contact.phones.any(sa.or_(*(number.like(f"+{country}{digits[1:]}%") for country in ("__", "___"))))
    return Contact.phones.any(number.contains(digits))


def _conditions(cpts: Cpts, filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    """One condition for each filter that is set."""
    if filters.kind:
        yield Contact.kind == filters.kind
    if filters.profession:
        yield Contact.profession == filters.profession
    if filters.commune:
        yield Contact.places.any(ContactPlace.commune == filters.commune)
    if filters.function:
        yield sa.or_(Contact.function == filters.function, Contact.category == filters.function)
    if filters.freshness and filters.today:
        yield of_freshness(filters.freshness, filters.today)
    if filters.volunteer_for:  # a list of values, stored as text: the quotes keep « ill » out of another word
        yield sa.cast(Contact.volunteer_for, sa.Text).contains(f'"{filters.volunteer_for.value}"')
    if filters.has_email is not None:
        yield Contact.emails.any() if filters.has_email else ~Contact.emails.any()
    if filters.lacking:
        yield _lacking(cpts, filters.lacking)


def of_freshness(freshness: Freshness, today: date) -> sa.ColumnElement[bool]:
    """`rules.freshness`, asked of the database."""
    stale, fresh = Contact.verified_on < rules.fresh_since(today), Contact.verified_on > rules.ageing_until(today)
    return {
        Freshness.FRESH: fresh,
        Freshness.AGEING: sa.and_(~stale, ~fresh),
        Freshness.STALE: sa.or_(Contact.verified_on.is_(None), stale),
    }[freshness]


def _lacking(cpts: Cpts, lacking: Lacking) -> sa.ColumnElement[bool]:
    if lacking is Lacking.PHONE:
        return ~Contact.phones.any()
    if lacking is Lacking.JOINING_DATE:
        return sa.and_(Contact.kind == ContactKind.ADHERENT, Contact.joined_on.is_(None))
    return Contact.id.in_(_mobile_consents_to_ask(cpts))


def _mobile_consents_to_ask(cpts: Cpts) -> list[UUID]:
    """Persons whose private mobile is kept without their agreement. The telephone library tells a mobile, not SQL."""
    rows = db.session.execute(
        sa.select(Contact.id, ContactPhone.number)
        .join(ContactPhone, ContactPhone.contact_id == Contact.id)
        .where(
            Contact.cpts_id == cpts.id,
            Contact.is_service.is_(False),
            Contact.mobile_consent_on.is_(None),
            ContactPhone.is_private,
        )
    )
    return [contact_id for contact_id, number in rows if telephones.is_mobile(number)]


def filter_choices(cpts: Cpts) -> Choices:
    """What the filters may be set to, in one statement."""
    nothing = sa.literal("")
    of_contacts = sa.select(Contact.profession, Contact.function, Contact.category, nothing)
    of_places = sa.select(nothing, nothing, nothing, ContactPlace.commune).join(
        Contact, Contact.id == ContactPlace.contact_id
    )
    found = db.session.execute(
        sa.union(of_contacts.where(Contact.cpts_id == cpts.id), of_places.where(Contact.cpts_id == cpts.id))
    ).all()

    def named(*columns: int) -> list[str]:
        return sorted({row[column] for row in found for column in columns if row[column]}, key=folded)

    return Choices(professions=named(0), communes=named(3), functions=named(1, 2))


def unknown_words(cpts: Cpts, q: str) -> list[str]:
    """Of the words typed, those that no contact of the CPTS answers to, in one statement."""
    asked = answering(rules.search_words(q))
    if not asked:
        return []
    holds = [sa.exists().where(Contact.cpts_id == cpts.id, condition) for condition in asked.values()]
    found = db.session.execute(sa.select(*holds)).one()
    return [words for words, is_held in zip(asked, found, strict=True) if not is_held]
