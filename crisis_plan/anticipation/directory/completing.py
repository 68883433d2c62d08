"""Completing a contact with what another source says of it: what is empty is filled, nothing is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crisis_plan.anticipation.directory.contact_columns import MOST_EMAILS, MOST_PHONES
from crisis_plan.anticipation.directory.drafts import (
    SCALARS,
    ContactDraft,
    EmailDraft,
    PhoneDraft,
    PlaceDraft,
)
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.folding import folded

CHECKED = ("verified_on", "verified_by", "verified_how")
"""One answer in three fields: they are taken together."""
DECIDED = ("kind", "is_service", "family_name", "joined_on", *CHECKED)


def as_draft(contact: Contact) -> ContactDraft:
    """A stored contact as plain values."""
    values = {name: getattr(contact, name) for name in SCALARS} | {"volunteer_for": tuple(contact.volunteer_for)}
    return ContactDraft(
        **values,
        places=tuple(
            PlaceDraft(p.structure, p.address, p.postal_code, p.commune, p.commune_code) for p in contact.places
        ),
        phones=tuple(PhoneDraft(phone.number, phone.is_private) for phone in contact.phones),
        emails=tuple(EmailDraft(email.address, email.is_private) for email in contact.emails),
    )


def completed(known: ContactDraft, more: ContactDraft) -> ContactDraft:
    """What is known, with what it lacked."""
    filled = {
        name: getattr(more, name)
        for name in SCALARS
        if name not in DECIDED and not getattr(known, name) and getattr(more, name)
    }
    if known.kind is ContactKind.ADHERENT and more.kind is ContactKind.ADHERENT and not known.joined_on:
        filled["joined_on"] = more.joined_on
    if not known.verified_on and more.verified_on:
        filled |= {name: getattr(more, name) for name in CHECKED}
    return replace(
        known,
        **filled,
        places=with_places(known.places, more.places),
        phones=with_phones(known.phones, more.phones)[: max(MOST_PHONES, len(known.phones))],
        emails=with_emails(known.emails, more.emails)[: max(MOST_EMAILS, len(known.emails))],
    )


def with_places(known: Iterable[PlaceDraft], more: Iterable[PlaceDraft]) -> tuple[PlaceDraft, ...]:
    """The places known, those of the same commune completed where only one says the structure, then the others."""
    found = list(known)
    for place in more:
        rank = next((rank for rank, one in enumerate(found) if same_place(one, place)), None)
        if rank is None:
            found.append(place)
        else:
            lacked = {name: value for name, value in vars(place).items() if value and not getattr(found[rank], name)}
            found[rank] = replace(found[rank], **lacked)
    return tuple(found)


def with_phones(known: Iterable[PhoneDraft], more: Iterable[PhoneDraft]) -> tuple[PhoneDraft, ...]:
    """The telephones known, as they are, then the others."""
    found = {phone.number: phone for phone in known}
    for phone in more:
        found.setdefault(phone.number, phone)
    return tuple(found.values())


def with_emails(known: Iterable[EmailDraft], more: Iterable[EmailDraft]) -> tuple[EmailDraft, ...]:
    """The addresses known, as they are, then the others."""
    found = {email.address: email for email in known}
    for email in more:
        found.setdefault(email.address, email)
    return tuple(found.values())


def same_place(one: PlaceDraft, other: PlaceDraft) -> bool:
    """Whether nothing of what both say tells these places apart."""
    communes, structures = (
        {folded(getattr(place, name)) for place in (one, other)} - {""} for name in ("commune", "structure")
    )
    return len(communes) <= 1 and len(structures) <= 1
