"""Size of a CPTS and the shape of its identifiers. Source: ACI, avenant 2 (S002, S004)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crisis_plan.folding import folded


class Size(StrEnum):
    """The four sizes that the funding knows."""

    T1 = "1"
    T2 = "2"
    T3 = "3"
    T4 = "4"

    @property
    def label(self) -> str:
        return f"Taille {self.value}"

    @property
    def description(self) -> str:
        return {
            "1": "moins de 40 000 habitants",
            "2": "de 40 000 à 80 000 habitants",
            "3": "de 80 000 à 175 000 habitants",
            "4": "plus de 175 000 habitants",
        }[self.value]


class MissionSource(StrEnum):
    """What the deadlines of the mission are counted from (domain, section 9)."""

    CONTRACT = "contract"
    AMENDMENT = "amendment"

    @property
    def label(self) -> str:
        return {"contract": "Le contrat ACI", "amendment": "L’avenant au contrat"}[self.value]

    @property
    def of(self) -> str:
        """« de la signature du contrat »."""
        return {"contract": "de la signature du contrat", "amendment": "de la signature de l’avenant"}[self.value]


BOUNDS = ((40_000, Size.T1), (80_000, Size.T2), (175_000, Size.T3))
"""Inhabitants at which the next size begins."""


def computed_size(inhabitants: int) -> Size | None:
    """The size that the inhabitants give; none at exactly a bound, where the text is silent (domain, section 10)."""
    for bound, size in BOUNDS:
        if inhabitants == bound:
            return None
        if inhabitants < bound:
            return size
    return Size.T4


class SizeReason(StrEnum):
    """Where the size in force comes from."""

    STATED = "stated"
    STATED_INHABITANTS = "stated_inhabitants"
    COMMUNES = "communes"
    SILENT = "silent"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {
            "stated": "taille inscrite au contrat",
            "stated_inhabitants": "d’après la population inscrite au contrat",
            "communes": "d’après la population des communes",
            "silent": "population exactement à la limite de deux tailles : le texte ne dit pas laquelle s’applique",
            "unknown": "ni population ni taille renseignées",
        }[self.value]


@dataclass(frozen=True)
class SizeStanding:
    """The size in force, none when nothing settles it, and why."""

    size: Size | None
    reason: SizeReason
    computed: Size | None = None
    """What the inhabitants alone would give; none at exactly a bound."""

    @property
    def is_contradicted(self) -> bool:
        """Whether the stated size wins over another, computed one."""
        return self.reason is SizeReason.STATED and self.computed is not None and self.computed is not self.size


def size_standing(*, stated: Size | None, stated_inhabitants: int | None, of_communes: int) -> SizeStanding:
    """The size in force and its reason: stated wins, and a bound is never settled (domain, section 10)."""
    inhabitants = stated_inhabitants or of_communes
    computed = computed_size(inhabitants) if inhabitants else None
    if stated is not None:
        return SizeStanding(stated, SizeReason.STATED, computed)
    if not inhabitants:
        return SizeStanding(None, SizeReason.UNKNOWN)
    if computed is None:
        return SizeStanding(None, SizeReason.SILENT)
    reason = SizeReason.STATED_INHABITANTS if stated_inhabitants else SizeReason.COMMUNES
    return SizeStanding(computed, reason, computed)


def has_luhn_key(digits: str) -> bool:
    """Whether the last digit is the Luhn key of those before it."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


LA_POSTE = "356000000"


def is_siret(text: str) -> bool:
    """14 digits with a Luhn key; La Poste's own numbers are excepted, as INSEE does."""
    if not re.fullmatch(r"[0-9]{14}", text):
        return False
    return text.startswith(LA_POSTE) or has_luhn_key(text)


LONGEST_SLUG = 80


def proposed_slug(name: str) -> str:
    """The address that a name gives: « CPTS Uzège – Pont du Gard » is at `uzege-pont-du-gard`."""
    words = [word for word in folded(name).split() if word.isascii()]
    if len(words) > 1 and words[0] == "cpts":
        del words[0]
    return "-".join(words)[:LONGEST_SLUG].strip("-")


def is_slug(text: str) -> bool:
    """Small letters, digits and single hyphens between them."""
    return len(text) <= LONGEST_SLUG and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None
