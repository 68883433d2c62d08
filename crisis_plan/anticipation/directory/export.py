"""The directory as a spreadsheet: the columns that the import reads back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.anticipation.directory.contact_columns import MOST_EMAILS, MOST_PHONES, MOST_PLACES
from crisis_plan.anticipation.directory.drafts import ContactDraft, PhoneDraft
from crisis_plan.anticipation.directory.identifiers import rpps
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.web.formats import short_date, telephone

PLACE = ("Structure", "Adresse", "Code postal", "Commune")
IDENTITY = (
    "Type", "Personne ou service", "Civilité", "Nom", "Prénom", "Profession", "Spécialité", "Catégorie", "Fonction",
    "RPPS", "FINESS", "Adhérent depuis",
)  # fmt: skip
END = (
    "Compétences", "Volontaire pour", "Disponibilité", "Accord mobile privé le", "Note", "Vérifié le", "Vérifié par",
    "Vérifié comment", "Origine",
)  # fmt: skip
BETWEEN_CRISIS_TYPES = " ; "


def _numbered(names: Iterable[str], count: int) -> list[str]:
    return [name if rank == 1 else f"{name} {rank}" for rank in range(1, count + 1) for name in names]


HEADINGS = (
    *IDENTITY,
    *_numbered(PLACE, MOST_PLACES),
    *_numbered(["Téléphone"], MOST_PHONES),
    *_numbered(["Courriel"], MOST_EMAILS),
    *END,
)


def differences(typed: ContactDraft, stored: Contact) -> list[tuple[str, str, str]]:
    """Where what was typed differs from what is stored: heading, typed, stored."""
    pairs = zip(HEADINGS, row(typed), row(stored), strict=True)
    return [(heading, new, old) for heading, new, old in pairs if new != old and heading != "Origine"]


def row(contact: Contact | ContactDraft) -> list[str]:
    """A contact, stored or as typed, one cell a heading."""
    places = [cell for p in contact.places for cell in (p.structure, p.address, p.postal_code, p.commune)]
    phones = [f"{_marked(_spaced(one), one.is_private)}{_at_work(one)}" for one in contact.phones]
    emails = [_marked(one.address, one.is_private) for one in contact.emails]
    return [
        contact.kind.label,
        "Service" if contact.is_service else "Personne",
        contact.title,
        contact.family_name,
        contact.given_name,
        contact.profession,
        contact.speciality,
        contact.category,
        contact.function,
        rpps(contact.national_id),
        contact.finess,
        short_date(contact.joined_on),
        *_padded(places, MOST_PLACES * len(PLACE)),
        *_padded(phones, MOST_PHONES),
        *_padded(emails, MOST_EMAILS),
        contact.skills,
        BETWEEN_CRISIS_TYPES.join(one.label for one in crisis_types(contact.volunteer_for)),
        contact.availability,
        short_date(contact.mobile_consent_on),
        contact.note,
        short_date(contact.verified_on),
        contact.verified_by,
        contact.verified_how.label if contact.verified_how else "",
        getattr(contact, "source", ""),
    ]


def _marked(text: str, is_private: bool) -> str:
    return f"{text} (privé)" if is_private else text


def _spaced(phone: ContactPhone | PhoneDraft) -> str:
    return telephone(phone.number).replace("\u00a0", " ")


def _at_work(phone: ContactPhone | PhoneDraft) -> str:
    """Said of a mobile that is not private: an import would keep it private."""
    return " (professionnel)" if is_mobile(phone.number) and not phone.is_private else ""


def _padded(cells: Sequence[str], count: int) -> list[str]:
    return [*cells[:count], *[""] * (count - len(cells))]
