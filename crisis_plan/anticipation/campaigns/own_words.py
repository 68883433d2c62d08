"""A contact in the person's own words: what they see of their line, and may correct; nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.anticipation.campaigns.rules import THEMSELVES
from crisis_plan.anticipation.directory import own_lines
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.web.formats import telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

PARTS = {"places": PlaceDraft, "phones": PhoneDraft, "emails": EmailDraft}
COMPUTED = ("volunteer_for", "mobile_consent")
"""Said otherwise than it is stored."""
HEADINGS = {
    "title": "Civilité",
    "family_name": "Nom",
    "given_name": "Prénom",
    "profession": "Profession",
    "speciality": "Spécialité",
    "function": "Fonction",
    "phones": "Téléphones",
    "emails": "Courriels",
    "places": "Lieux d’exercice",
    "skills": "Compétences utiles en crise",
    "availability": "Disponibilité",
    "volunteer_for": "Volontaire pour",
    "mobile_consent": "Accord pour garder le mobile privé",
}


@dataclass(frozen=True)
class OwnWords:
    """What a person says of themselves."""

    title: str = ""
    family_name: str = ""
    given_name: str = ""
    profession: str = ""
    speciality: str = ""
    function: str = ""
    phones: tuple[PhoneDraft, ...] = ()
    emails: tuple[EmailDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    skills: str = ""
    availability: str = ""
    volunteer_for: tuple[str, ...] = ()
    mobile_consent: bool = False

    @property
    def private_mobiles(self) -> tuple[PhoneDraft, ...]:
        """The numbers that only the person can let the CPTS keep."""
        return tuple(one for one in self.phones if one.is_private and is_mobile(one.number))


@dataclass(frozen=True)
class Difference:
    """One field, as it is stored and as it is proposed."""

    heading: str
    stored: str
    proposed: str

    def marked(self, side: str, other: str) -> list[tuple[str, bool]]:
        """Each line of one side, and whether the other side lacks it."""
        others = set(other.splitlines())
        return [(line, line not in others) for line in side.splitlines()]

    @property
    def stored_lines(self) -> list[tuple[str, bool]]:
        return self.marked(self.stored, self.proposed)

    @property
    def proposed_lines(self) -> list[tuple[str, bool]]:
        return self.marked(self.proposed, self.stored)


def words_of(contact: Contact) -> OwnWords:
    """What is stored of this contact, as the person reads it."""
    plain: dict[str, Any] = {name: getattr(contact, name) for name in HEADINGS if name not in (*PARTS, *COMPUTED)}
    return OwnWords(
        **plain,
        **_parts(contact),
        volunteer_for=tuple(one.value for one in crisis_types(contact.volunteer_for)),
        mobile_consent=contact.mobile_consent_on is not None,
    )


def mobiles_without_agreement(contact: Contact) -> tuple[PhoneDraft, ...]:
    """The private mobiles that are kept of a person who has not agreed to it."""
    words = words_of(contact)
    return () if contact.is_service or words.mobile_consent else words.private_mobiles


def _parts(contact: Contact) -> dict[str, Any]:
    """Telephones, e-mails and places as plain values."""
    return {
        name: tuple(
            kind(**{field.name: getattr(row, field.name) for field in fields(kind)}) for row in getattr(contact, name)
        )
        for name, kind in PARTS.items()
    }


def correction(stored: OwnWords, said: OwnWords) -> dict[str, Any]:
    """The fields that the person changed, as a letter keeps them; empty when they said the same."""
    changed = {name: getattr(said, name) for name in HEADINGS if getattr(said, name) != getattr(stored, name)}
    return {name: _kept(value) for name, value in changed.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else dict(vars(one)) for one in value]
    return value


def corrected(stored: OwnWords, kept: dict[str, Any]) -> OwnWords:
    """These words with a kept correction put over them."""
    said: dict[str, Any] = {}
    for name, value in kept.items():
        if name in PARTS:
            said[name] = tuple(PARTS[name](**part) for part in value)
        else:
            said[name] = tuple(value) if isinstance(value, list) else value
    return replace(stored, **said)


def draft_with(contact: Contact, kept: dict[str, Any], *, on: date, how: VerifiedHow) -> ContactDraft:
    """The whole contact with this correction applied, verified that day by the person (or later, as it is stored).

    What a person is not shown stays as it is stored. Taking back the agreement takes the private mobiles off.
    """
    said = corrected(words_of(contact), kept)
    changes = {name: getattr(said, name) for name in kept if name not in COMPUTED}
    if contact.verified_on is None or contact.verified_on <= on:
        changes |= {"verified_on": on, "verified_how": how, "verified_by": THEMSELVES}
    if "volunteer_for" in kept:
        changes["volunteer_for"] = tuple(crisis_types(said.volunteer_for))
    if "mobile_consent" in kept:
        changes["mobile_consent_on"] = (contact.mobile_consent_on or on) if said.mobile_consent else None
    draft = replace(_drafted(contact), **changes)
    is_taken_back = contact.mobile_consent_on is not None and draft.mobile_consent_on is None
    return own_lines.without_private_mobiles(draft) if is_taken_back else draft


def _drafted(contact: Contact) -> ContactDraft:
    values = {field.name: getattr(contact, field.name) for field in fields(ContactDraft) if field.name not in PARTS}
    values["volunteer_for"] = tuple(crisis_types(contact.volunteer_for))
    return ContactDraft(**values, **_parts(contact))


def differences(contact: Contact, kept: dict[str, Any]) -> list[Difference]:
    """What the correction would change in the line as it is now."""
    stored = words_of(contact)
    said = corrected(stored, kept)
    return [
        Difference(heading, shown(stored, name), shown(said, name))
        for name, heading in HEADINGS.items()
        if getattr(stored, name) != getattr(said, name)
    ]


def shown(words: OwnWords, name: str) -> str:
    """A field as text, one line a part."""
    value = getattr(words, name)
    if name == "phones":
        return "\n".join(f"{telephone(one.number)}{PRIVATE if one.is_private else ''}" for one in value)
    if name == "emails":
        return "\n".join(f"{one.address}{PRIVATE if one.is_private else ''}" for one in value)
    if name == "places":
        return "\n".join(map(place_line, value))
    if name == "volunteer_for":
        return "\n".join(one.label for one in crisis_types(value))
    if name == "mobile_consent":
        return "Oui" if value else "Non"
    return str(value)


PRIVATE = " (privé)"


def place_line(place: PlaceDraft) -> str:
    """« Cabinet des Tilleuls, 3 rue de l’Exemple, 30700 Uzès »."""
    town = f"{place.postal_code} {place.commune}".strip()
    return ", ".join(part for part in (place.structure, place.address, town) if part)
