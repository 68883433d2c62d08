"""What happened to a contact, in words: which fields changed, never their values (domain, section 12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crisis_plan import history
from crisis_plan.access import queries as access
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.web.pages import Page

FIELDS = {
    "kind": "type de contact",
    "family_name": "nom",
    "is_service": "personne ou service",
    "title": "civilité",
    "given_name": "prénom",
    "profession": "profession",
    "speciality": "spécialité",
    "category": "catégorie",
    "function": "fonction",
    "national_id": "numéro RPPS",
    "finess": "numéro FINESS",
    "joined_on": "date d’adhésion",
    "skills": "compétences",
    "volunteer_for": "crises pour lesquelles il y a un volontaire",
    "availability": "disponibilité",
    "mobile_consent_on": "accord pour le mobile privé",
    "note": "note",
    "verified_on": "date de vérification",
    "verified_by": "qui a vérifié",
    "verified_how": "manière de vérifier",
    "places": "lieux d’exercice",
    "phones": "téléphones",
    "emails": "courriels",
}
"""The fields of a contact as its history names them."""
ANOTHER = "autre champ"
NO_ACCOUNT = "Sans compte (lien personnel ou service)"
FORMER = "Ancien compte"


@dataclass(frozen=True)
class Change:
    """One change, as the page shows it."""

    at: datetime
    who: str
    verb: str
    fields: tuple[str, ...]


def changes_of(contact: Contact, number: int) -> Page[Change]:
    """A page of what happened to this contact, newest first."""
    found = history.events_of(contact.cpts_id, "contact", contact.id, number)
    names = access.names_of({event.actor_id for event in found.items if event.actor_id})
    told = [
        Change(
            event.at,
            names.get(event.actor_id, FORMER) if event.actor_id else NO_ACCOUNT,
            history.Verb(event.verb).label,
            in_words(event.fields),
        )
        for event in found.items
    ]
    return Page(told, found.number, found.total)


def in_words(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields in French, in the order of the contact's page."""
    named = set(fields)
    known = [words for name, words in FIELDS.items() if name in named]
    return (*known, *((ANOTHER,) if named - set(FIELDS) else ()))
