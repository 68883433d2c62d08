"""Contacts that look like the same person: the same name, telephone or e-mail. Nobody is compared with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.anticipation.directory import distinctions
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import Page, page_of_list

SHARED_BY_MORE = 3
"""What more than three people share is a switchboard, not a person."""
MOST_NAMESAKES = 30
"""Of one name and commune, compared two by two."""
SHORT_NUMBER = 6
SAME_PHONE = "même téléphone"

Ids = tuple[UUID, UUID]


@dataclass(frozen=True)
class Look:
    """What is compared of a contact."""

    id: UUID
    sort_name: str
    national_id: str | None


@dataclass(frozen=True)
class Pair:
    """Two contacts that look the same, and why."""

    first: Contact
    second: Contact
    reasons: Sequence[str]


def page(cpts: Cpts, number: int) -> Page[Pair]:
    """The pairs of the directory, by name."""
    reasons = _reasons(cpts)
    asked = page_of_list(list(reasons), number)
    return Page(_loaded(cpts, {ids: reasons[ids] for ids in asked.items}), asked.number, asked.total)


def of(contact: Contact, cpts: Cpts) -> list[tuple[Contact, Sequence[str]]]:
    """Whoever looks like this contact, and why."""
    mine = {ids: why for ids, why in _reasons(cpts).items() if contact.id in ids}
    pairs = _loaded(cpts, mine)
    return [(one.second if one.first.id == contact.id else one.first, one.reasons) for one in pairs]


def _reasons(cpts: Cpts) -> dict[Ids, list[str]]:
    """Why each pair looks the same, ordered by name. Two national identifiers are two persons.

    Pairs that someone told apart are left out; two names that share a telephone come last: a cabinet, a couple.
    """
    apart = distinctions.told_apart(cpts)
    found: dict[tuple[Look, Look], list[str]] = defaultdict(list)
    for reason, looks in _alike(cpts):
        ordered = sorted(set(looks), key=lambda one: (one.sort_name, str(one.id)))
        for first, second in combinations(ordered[:MOST_NAMESAKES], 2):
            has_two_numbers = first.national_id and second.national_id
            is_apart = frozenset((first.id, second.id)) in apart
            if not has_two_numbers and not is_apart and reason not in found[first, second]:
                found[first, second].append(reason)
    ordered_pairs = sorted(found.items(), key=lambda item: (_is_weak(*item), *_names(item[0])))
    return {(first.id, second.id): why for (first, second), why in ordered_pairs if why}


def _names(looks: tuple[Look, Look]) -> list[tuple[str, str]]:
    return [(one.sort_name, str(one.id)) for one in looks]


def _is_weak(looks: tuple[Look, Look], why: Sequence[str]) -> bool:
    """Whether nothing but a telephone brings two names together."""
    return list(why) == [SAME_PHONE] and looks[0].sort_name != looks[1].sort_name


def _alike(cpts: Cpts) -> Iterable[tuple[str, Sequence[Look]]]:
    for group in _namesakes(cpts).values():
        yield "même nom", group
    for group in _sharing(cpts, ContactPhone.number, ContactPhone.contact_id).values():
        yield SAME_PHONE, group
    for group in _sharing(cpts, ContactEmail.address, ContactEmail.contact_id).values():
        yield "même courriel", group


LOOK = (Contact.id, Contact.sort_name, Contact.national_id)


def _namesakes(cpts: Cpts) -> dict[tuple[str, str], list[Look]]:
    """Of the same name, by commune; whoever has no commune is in all of them."""
    of_cpts = Contact.cpts_id == cpts.id
    names = sa.select(Contact.sort_name).where(of_cpts).group_by(Contact.sort_name).having(sa.func.count() > 1)
    rows = db.session.execute(
        sa.select(*LOOK, ContactPlace.commune)
        .outerjoin(ContactPlace, ContactPlace.contact_id == Contact.id)
        .where(of_cpts, Contact.sort_name.in_(names))
    ).all()
    placed: dict[str, dict[Look, set[str]]] = defaultdict(lambda: defaultdict(set))
    for contact_id, sort_name, national_id, commune in rows:
        one = Look(contact_id, sort_name, national_id)
        placed[one.sort_name][one] |= {folded(commune)} if commune else set()
    return {
        (name, commune): [one for one, theirs in looks.items() if commune in theirs or not theirs]
        for name, looks in placed.items()
        for commune in {"", *(known for theirs in looks.values() for known in theirs)}
    }


def _sharing(cpts: Cpts, value: Any, owner: Any) -> dict[str, list[Look]]:
    """People, not services, that share a telephone or an e-mail with one or two others."""
    joined = sa.join(Contact, value.class_, owner == Contact.id)
    people = (Contact.cpts_id == cpts.id, Contact.is_service.is_(False), sa.func.length(value) > SHORT_NUMBER)
    shared = (
        sa.select(value)
        .select_from(joined)
        .where(*people)
        .group_by(value)
        .having(sa.func.count(owner.distinct()).between(2, SHARED_BY_MORE))
    )
    found: dict[str, list[Look]] = defaultdict(list)
    for said, *look in db.session.execute(
        sa.select(value, *LOOK).select_from(joined).where(*people, value.in_(shared))
    ):
        found[said].append(Look(*look))
    return found


def _loaded(cpts: Cpts, reasons: dict[Ids, list[str]]) -> list[Pair]:
    wanted = {one for ids in reasons for one in ids}
    query = sa.select(Contact).where(Contact.cpts_id == cpts.id, Contact.id.in_(wanted))
    by_id = {one.id: one for one in db.session.scalars(query.options(selectinload(Contact.places)))}
    return [Pair(by_id[first], by_id[second], why) for (first, second), why in reasons.items()]
