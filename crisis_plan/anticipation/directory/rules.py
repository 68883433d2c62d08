"""What the directory knows of people and services, without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.folding import folded

STALE_AFTER_YEARS = 1
"""A contact verified longer ago than this is to be verified again (product, section 4)."""


class ContactKind(StrEnum):
    """What ties a contact to the CPTS. Only adherents count as members (domain, section 1)."""

    ADHERENT = "adherent"
    PROFESSIONAL = "professional"
    PARTNER = "partner"
    INSTITUTION = "institution"
    ESTABLISHMENT = "establishment"

    @property
    def label(self) -> str:
        return {
            "adherent": "Adhérent",
            "professional": "Professionnel du territoire",
            "partner": "Partenaire",
            "institution": "Institution",
            "establishment": "Établissement",
        }[self.value]

    @property
    def plural(self) -> str:
        return {
            "adherent": "Adhérents",
            "professional": "Professionnels du territoire",
            "partner": "Partenaires",
            "institution": "Institutions",
            "establishment": "Établissements",
        }[self.value]


class VerifiedHow(StrEnum):
    """How somebody made sure that a contact can be reached as written."""

    CALL = "call"
    LINK = "link"
    MEETING = "meeting"
    MAIL = "mail"
    ACCOUNT = "account"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "call": "par téléphone",
            "link": "par son lien personnel",
            "meeting": "de vive voix",
            "mail": "par courriel",
            "account": "depuis son compte",
            "other": "autrement",
        }[self.value]


PEOPLE = frozenset({ContactKind.ADHERENT, ContactKind.PROFESSIONAL})
"""Kinds that are persons unless the contrary is said."""

SERVICE_CATEGORIES = (
    "ARS", "CPAM", "MSA", "Préfecture", "Conseil départemental", "Mairie", "Intercommunalité", "CCAS", "SAMU",
    "Secours", "Hôpital", "Clinique", "HAD", "EHPAD", "SSIAD", "Maison de santé", "Centre de santé", "Pharmacie",
    "Laboratoire", "Prestataire", "CPTS", "Association",
)  # fmt: skip
"""Proposed for a service's category; any other word is accepted."""


MOST_WORDS = 8


def search_words(asked: str) -> list[str]:
    """The words that must all be found, in any order."""
    return folded(asked[:200]).split()[:MOST_WORDS]


def fresh_since(today: date) -> date:
    """A contact verified on this day or later is fresh."""
    try:
        return today.replace(year=today.year - STALE_AFTER_YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year - STALE_AFTER_YEARS, day=28)


def is_stale(verified_on: date | None, today: date) -> bool:
    """Whether the contact was verified too long ago, or never."""
    return verified_on is None or verified_on < fresh_since(today)


@dataclass(frozen=True)
class Overview:
    """How many contacts of each kind, and how many of all were verified lately."""

    by_kind: dict[ContactKind, int]
    verified: int

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())

    @property
    def verified_share(self) -> int:
        """In percent, rounded down: 100 only when all are."""
        return self.verified * 100 // self.total if self.total else 0


NO_ADHERENT = "L’annuaire ne contient encore aucun adhérent."
NO_PARTNER = "L’annuaire ne contient encore aucun partenaire : mairie, établissement, secours…"
NO_INSTITUTION = {
    "ars": "L’ARS manque à l’annuaire : ajoutez un contact de type « Institution », catégorie « ARS ».",
    "cpam": "La CPAM manque à l’annuaire : ajoutez un contact de type « Institution », catégorie « CPAM ».",
}


def missing(present: Collection[tuple[ContactKind, str]]) -> tuple[str, ...]:
    """What the trame still asks of the directory (domain, section 3). `present`: kinds with their category."""
    kinds = {kind for kind, _ in present}
    institutions = {
        word for kind, category in present if kind is ContactKind.INSTITUTION for word in folded(category).split()
    }
    said = [] if ContactKind.ADHERENT in kinds else [NO_ADHERENT]
    if kinds.isdisjoint({ContactKind.PARTNER, ContactKind.ESTABLISHMENT}):
        said.append(NO_PARTNER)
    return (*said, *(sentence for word, sentence in NO_INSTITUTION.items() if word not in institutions))


Likeness = tuple[str, str]
"""What makes two contacts look the same: folded name and folded commune."""


def likenesses(sort_name: str, communes: Iterable[str]) -> set[Likeness]:
    """Every (name, commune) that this contact answers to; without a commune, its name alone."""
    return {(sort_name, folded(commune)) for commune in communes if commune} or {(sort_name, "")}
