"""Two lines of the directory for one person: what differs, what is proposed, and making one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import mentions, rights, told
from crisis_plan.anticipation.directory.drafts import SCALARS, search_text
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.repointing import repoint
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db, take
from crisis_plan.folding import folded
from crisis_plan.history import Verb

VERIFICATION = ("verified_on", "verified_by", "verified_how")
"""Chosen together: who verified, when and how is one fact."""
GROUPS = (*((name,) for name in SCALARS if name not in VERIFICATION), VERIFICATION)


class Side(StrEnum):
    """Which of the two lines a value is taken from."""

    KEPT = "kept"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"kept": "La fiche gardée", "other": "L’autre fiche"}[self.value]


@dataclass(frozen=True)
class Difference:
    """Something that the two lines say otherwise, in words, and whose words are proposed."""

    fields: tuple[str, ...]
    kept: str
    other: str
    proposed: Side

    @property
    def name(self) -> str:
        return self.fields[0]

    @property
    def label(self) -> str:
        return told.CONTACT[self.name] if len(self.fields) == 1 else "Vérification"


def differences(kept: Contact, other: Contact) -> list[Difference]:
    """What there is to choose between, in the order of a contact's form."""
    found = []
    for fields in GROUPS:
        mine, theirs = _values(kept, fields), _values(other, fields)
        if mine != theirs:
            found.append(Difference(fields, _said(mine), _said(theirs), _fuller(fields[0], mine[0], theirs[0])))
    return found


def merge(
    kept: Contact, other: Contact, chosen: Mapping[str, Side], *, seen: tuple[int, int], by: Account, at: datetime
) -> None:
    """Make one line of two: values as chosen, coordinates united, and what named the other names the one kept.

    `chosen` is by name of the differences; one that nobody chose stays as kept. Raises `Stale` when one of the two
    changed since it was seen, or is gone.
    """
    for contact, version in sorted(((kept, seen[0]), (other, seen[1])), key=lambda pair: pair[0].id):
        take(contact, version)
    values = _chosen(kept, other, chosen)
    new = {"places": new_places(kept, other), "phones": new_phones(kept, other), "emails": new_emails(kept, other)}
    changed = [name for name in SCALARS if values[name] != getattr(kept, name)] + [one for one in new if new[one]]
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
    history.record(Verb.REMOVED, mentions.SUBJECT, other.id, cpts_id=kept.cpts_id, by=by, at=at)
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


def _after(parts: Sequence[ContactPlace] | Sequence[ContactPhone] | Sequence[ContactEmail]) -> int:
    return max((one.position for one in parts), default=-1) + 1


def _chosen(kept: Contact, other: Contact, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """The columns of the one line; what the extraction said follows the national identifier."""
    values: dict[str, Any] = {"created_at": min(kept.created_at, other.created_at)}
    for fields in GROUPS:
        source = other if chosen.get(fields[0]) is Side.OTHER else kept
        values |= {name: getattr(source, name) for name in fields}
    numbered = other if chosen.get("national_id") is Side.OTHER or not kept.official else kept
    return values | {"official": numbered.official, "official_on": numbered.official_on}


def _values(contact: Contact, fields: Sequence[str]) -> list[Any]:
    """What is stored, an absent text and an absent identifier being the same nothing."""
    found = [getattr(contact, name) for name in fields]
    return [value if isinstance(value, bool) else value or None for value in found]


def _said(values: Sequence[Any]) -> str:
    words = [rights.in_words(_labelled(value), clock.PARIS) for value in values if value is not None]
    return ", ".join(words)


def _labelled(value: Any) -> Any:
    return rights.spoken("volunteer_for", value) if isinstance(value, list) else value


def _fuller(name: str, mine: Any, theirs: Any) -> Side:
    """The value that says more: the longer text, the earlier membership, the later verification, the adherent."""
    if not theirs or isinstance(mine, bool):
        return Side.KEPT
    if not mine:
        return Side.OTHER
    if isinstance(mine, ContactKind):
        kinds = list(ContactKind)
        return Side.OTHER if kinds.index(theirs) < kinds.index(mine) else Side.KEPT
    if isinstance(mine, date):
        is_better = theirs < mine if name == "joined_on" else theirs > mine
        return Side.OTHER if is_better else Side.KEPT
    if name == "national_id":
        return Side.KEPT
    return Side.OTHER if len(theirs) > len(mine) else Side.KEPT
