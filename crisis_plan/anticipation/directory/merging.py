"""Two lines of the directory for one person: making one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import distinctions, mentions
from crisis_plan.anticipation.directory.differing import Side, groups
from crisis_plan.anticipation.directory.drafts import SCALARS, search_text
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.repointing import repoint
from crisis_plan.db import db, take
from crisis_plan.folding import folded
from crisis_plan.history import Verb


def merge(
    kept: Contact, other: Contact, chosen: Mapping[str, Side], *, seen: tuple[int, int], by: Account, at: datetime
) -> None:
    """Make one line of two: values as chosen, coordinates united, and what named the other names the one kept.

    A number or an address that one of the two keeps private stays private. `chosen` is by name of the differences; one that nobody chose stays as kept. Raises `Stale` when one of the two
    changed since it was seen, or is gone.
    """
    for contact, version in sorted(((kept, seen[0]), (other, seen[1])), key=lambda pair: pair[0].id):
        take(contact, version)
    values = _chosen(kept, other, chosen)
    new = {"places": new_places(kept, other), "phones": new_phones(kept, other), "emails": new_emails(kept, other)}
    phones, emails = private_phones(kept, other), private_emails(kept, other)
    hidden = {"phones": bool(phones), "emails": bool(emails)}
    changed = [name for name in SCALARS if values[name] != getattr(kept, name)]
    changed += [one for one in new if new[one] or hidden.get(one)]
    for phone in phones:
        phone.is_private = True
    for email in emails:
        email.is_private = True
    distinctions.follow(other.id, to=kept.id)
    db.session.flush()
    repoint(other.id, to=kept.id)
    db.session.delete(other)
    db.session.flush()
    for name, value in values.items():
        setattr(kept, name, value)
    for name, parts in new.items():
        getattr(kept, name).extend(parts)
    kept.sort_name = folded(f"{kept.family_name} {kept.given_name}")[:330]
    kept.search_text, kept.updated_at = search_text(kept, kept.places), at
    kept.version += 1
    history.record(Verb.MERGED, mentions.SUBJECT, kept.id, cpts_id=kept.cpts_id, by=by, at=at, fields=changed)
    history.record(Verb.MERGED, mentions.SUBJECT, other.id, cpts_id=kept.cpts_id, by=by, at=at, fields=[str(kept.id)])
    db.session.flush()


def new_places(kept: Contact, other: Contact) -> list[ContactPlace]:
    """Places of the other line that the kept one lacks, after its own; a mere commune that it has adds nothing."""
    known = {_where(one) for one in kept.places} | {("", "", folded(one.commune)) for one in kept.places}
    fields = ("structure", "address", "postal_code", "commune", "commune_code")
    found = [one for one in other.places if _where(one) not in known]
    return [
        ContactPlace(position=rank, **{name: getattr(one, name) for name in fields})
        for rank, one in enumerate(found, start=_after(kept.places))
    ]


def _where(place: ContactPlace) -> tuple[str, str, str]:
    return folded(place.structure), folded(place.address), folded(place.commune)


def new_phones(kept: Contact, other: Contact) -> list[ContactPhone]:
    """Telephones of the other line that the kept one lacks, after its own."""
    known = {one.number for one in kept.phones}
    found = [one for one in other.phones if one.number not in known]
    return [
        ContactPhone(position=rank, number=one.number, is_private=one.is_private)
        for rank, one in enumerate(found, start=_after(kept.phones))
    ]


def new_emails(kept: Contact, other: Contact) -> list[ContactEmail]:
    """E-mail addresses of the other line that the kept one lacks, after its own."""
    known = {one.address.lower() for one in kept.emails}
    found = [one for one in other.emails if one.address.lower() not in known]
    return [
        ContactEmail(position=rank, address=one.address, is_private=one.is_private)
        for rank, one in enumerate(found, start=_after(kept.emails))
    ]


def private_phones(kept: Contact, other: Contact) -> list[ContactPhone]:
    """Telephones of the kept line that the other one alone keeps private."""
    theirs = {one.number for one in other.phones if one.is_private}
    return [one for one in kept.phones if one.number in theirs and not one.is_private]


def private_emails(kept: Contact, other: Contact) -> list[ContactEmail]:
    """E-mail addresses of the kept line that the other one alone keeps private."""
    theirs = {one.address.lower() for one in other.emails if one.is_private}
    return [one for one in kept.emails if one.address.lower() in theirs and not one.is_private]


def _after(parts: Sequence[ContactPlace] | Sequence[ContactPhone] | Sequence[ContactEmail]) -> int:
    return max((one.position for one in parts), default=-1) + 1


def _chosen(kept: Contact, other: Contact, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """The columns of the one line; what the extraction said follows the national identifier."""
    values: dict[str, Any] = {"created_at": min(kept.created_at, other.created_at)}
    for fields in groups(kept, other):
        source = other if chosen.get(fields[0]) is Side.OTHER else kept
        values |= {name: getattr(source, name) for name in fields}
    numbered = other if values["national_id"] == other.national_id != kept.national_id or not kept.official else kept
    return values | {"official": numbered.official, "official_on": numbered.official_on}
