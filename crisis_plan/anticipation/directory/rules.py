"""What the directory knows of people and services, without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.folding import folded
from crisis_plan.months import add_months

AGEING_AFTER = 6
"""Months after which a contact is to be looked at again soon (product, section 4)."""
STALE_AFTER = 12
"""Months beyond which a contact is to be verified again (product, section 4)."""


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


class Freshness(StrEnum):
    """How far what is written of a contact can be trusted today."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"

    @property
    def label(self) -> str:
        return {"fresh": "À jour", "ageing": "À revoir bientôt", "stale": "À vérifier"}[self.value]

    @property
    def meaning(self) -> str:
        return {
            "fresh": "vérification de moins de 6 mois",
            "ageing": "vérification de 6 à 12 mois",
            "stale": "vérification de plus de 12 mois, ou jamais faite",
        }[self.value]

    @property
    def tone(self) -> str:
        return {"fresh": "ok", "ageing": "info", "stale": "warning"}[self.value]


def ageing_until(today: date) -> date:
    """A contact verified on this day or earlier is ageing."""
    return add_months(today, -AGEING_AFTER)


def fresh_since(today: date) -> date:
    """A contact verified before this day is stale."""
    return add_months(today, -STALE_AFTER)


def freshness(verified_on: date | None, today: date) -> Freshness:
    """Fresh under 6 months, ageing up to 12, stale beyond or when nobody ever verified."""
    if verified_on is None or verified_on < fresh_since(today):
        return Freshness.STALE
    return Freshness.AGEING if verified_on <= ageing_until(today) else Freshness.FRESH


def is_stale(verified_on: date | None, today: date) -> bool:
    """Whether the contact was verified too long ago, or never."""
    return freshness(verified_on, today) is Freshness.STALE


class Lacking(StrEnum):
    """What a list can be asked to complete."""

    PHONE = "phone"
    CONSENT = "consent"
    JOINING_DATE = "joining_date"

    @property
    def label(self) -> str:
        return {
            "phone": "Aucun téléphone",
            "consent": "Mobile privé sans accord",
            "joining_date": "Adhérent sans date d’adhésion",
        }[self.value]


def needs_mobile_consent(*, is_service: bool, mobile_consent_on: date | None, private_numbers: Iterable[str]) -> bool:
    """Whether a person's private mobile is kept without their agreement: it is still to be asked for."""
    return not is_service and mobile_consent_on is None and any(map(is_mobile, private_numbers))


NO_ADHERENT = "L’annuaire ne contient encore aucun adhérent."
NO_PARTNER = "L’annuaire ne contient encore aucun partenaire : mairie, établissement, secours…"
AUTHORITIES = ("ars", "cpam", "msa")
NO_INSTITUTION = {
    "ars": "L’ARS manque à l’annuaire : ajoutez un contact de type « Institution », catégorie « ARS ».",
    "cpam": "La CPAM manque à l’annuaire : ajoutez un contact de type « Institution », catégorie « CPAM ».",
}


def category_words(category: str) -> frozenset[str]:
    """By which an institution is recognised: « ARS Occitanie » is the ARS, whatever follows."""
    return frozenset(folded(category).split())


def is_authority(kind: ContactKind, category: str) -> bool:
    """ARS, CPAM or MSA: whoever reads the restricted edition without being asked for (domain, section 12)."""
    return kind is ContactKind.INSTITUTION and not category_words(category).isdisjoint(AUTHORITIES)


def missing(present: Collection[tuple[ContactKind, str]]) -> tuple[str, ...]:
    """What the trame still asks of the directory (domain, section 3). `present`: kinds with their category."""
    kinds = {kind for kind, _ in present}
    institutions = {
        word for kind, category in present if kind is ContactKind.INSTITUTION for word in category_words(category)
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
