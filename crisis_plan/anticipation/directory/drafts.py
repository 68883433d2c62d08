"""A contact as plain values: what a form, a spreadsheet or the Annuaire Santé says before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory.rules import ContactKind, Likeness, VerifiedHow, likenesses
from crisis_plan.folding import folded


@dataclass(frozen=True)
class PlaceDraft:
    structure: str = ""
    address: str = ""
    postal_code: str = ""
    commune: str = ""
    commune_code: str = ""


@dataclass(frozen=True)
class PhoneDraft:
    number: str
    is_private: bool = False


@dataclass(frozen=True)
class EmailDraft:
    address: str
    is_private: bool = False


@dataclass(frozen=True)
class ContactDraft:
    """Everything that a person says of a contact, already checked."""

    kind: ContactKind
    family_name: str
    is_service: bool = False
    title: str = ""
    given_name: str = ""
    profession: str = ""
    speciality: str = ""
    category: str = ""
    function: str = ""
    national_id: str | None = None
    finess: str = ""
    joined_on: date | None = None
    skills: str = ""
    volunteer_for: tuple[CrisisType, ...] = ()
    availability: str = ""
    mobile_consent_on: date | None = None
    note: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    verified_how: VerifiedHow | None = None
    places: tuple[PlaceDraft, ...] = ()
    phones: tuple[PhoneDraft, ...] = ()
    emails: tuple[EmailDraft, ...] = ()

    @property
    def sort_name(self) -> str:
        """Name without accents or case, as lists are ordered."""
        return folded(f"{self.family_name} {self.given_name}")

    @property
    def search_text(self) -> str:
        """Everything a search looks into."""
        return search_text(self, self.places)

    @property
    def likenesses(self) -> set[Likeness]:
        return likenesses(self.sort_name, (place.commune for place in self.places))


SCALARS = (
    "kind", "family_name", "is_service", "title", "given_name", "profession", "speciality", "category", "function",
    "national_id", "finess", "joined_on", "skills", "volunteer_for", "availability", "mobile_consent_on", "note",
    "verified_on", "verified_by", "verified_how",
)  # fmt: skip
"""The fields that are columns of the contact itself."""
DATES = ("joined_on", "mobile_consent_on", "verified_on")


def scalars(draft: ContactDraft) -> dict[str, Any]:
    """The columns of the contact itself, as they are stored."""
    return {name: getattr(draft, name) for name in SCALARS} | {
        "volunteer_for": [one.value for one in crisis_types(draft.volunteer_for)]
    }


def search_text(contact: Any, places: Iterable[Any]) -> str:
    """What a search looks into, of a draft or of a stored contact, with its places."""
    words = [
        contact.given_name, contact.family_name, contact.title, contact.profession, contact.speciality,
        contact.category, contact.function, contact.skills, contact.finess,
    ]  # fmt: skip
    for place in places:
        words += [place.structure, place.commune, place.postal_code]
    return folded(" ".join(word for word in words if word))


def to_json(draft: ContactDraft) -> dict[str, Any]:
    """The draft as an import's report keeps it."""
    stored = {name: value for name, value in vars(draft).items() if value}
    for name in ("places", "phones", "emails"):
        if name in stored:
            stored[name] = [dict(vars(part)) for part in stored[name]]
    for name in DATES:
        if name in stored:
            stored[name] = stored[name].isoformat()
    if draft.volunteer_for:
        stored["volunteer_for"] = [one.value for one in crisis_types(draft.volunteer_for)]
    return stored


def from_json(stored: dict[str, Any]) -> ContactDraft:
    """The draft that a report kept."""
    values = dict(stored)
    for name in DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    values["kind"] = ContactKind(values["kind"])
    values["volunteer_for"] = tuple(crisis_types(values.get("volunteer_for", ())))
    if "verified_how" in values:
        values["verified_how"] = VerifiedHow(values["verified_how"])
    values["places"] = tuple(PlaceDraft(**place) for place in values.get("places", ()))
    values["phones"] = tuple(PhoneDraft(**phone) for phone in values.get("phones", ()))
    values["emails"] = tuple(EmailDraft(**email) for email in values.get("emails", ()))
    return ContactDraft(**values)
