"""The columns of an Annuaire Santé extraction, whose headings vary between editions (domain, section 11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded

REQUIRED = {
    "national_id": ("identification nationale pp",),
    "family_name": ("nom d exercice",),
    "given_name": ("prenom d exercice",),
    "profession": ("libelle profession",),
    "commune_code": ("code commune",),
    "commune": ("libelle commune",),
}
OPTIONAL = {
    "title": ("libelle civilite d exercice", "libelle civilite exercice"),
    "profession_code": ("code profession",),
    "speciality": ("libelle savoir faire",),
    "function": ("libelle fonction", "libelle role"),
    "structure": ("raison sociale site",),
    "brand": ("enseigne commerciale site",),
    "street_number": ("numero voie",),
    "street_number_suffix": ("indice repetition voie",),
    "street_kind": ("libelle type de voie",),
    "street": ("libelle voie",),
    "postal_code": ("code postal",),
    "phone": ("telephone",),
    "second_phone": ("telephone 2",),
    "email": ("adresse e mail",),
}
OFFICIAL = {
    "national_id": "Identification nationale PP",
    "family_name": "Nom d’exercice",
    "given_name": "Prénom d’exercice",
    "profession": "Libellé profession",
    "commune_code": "Code commune (coord. structure)",
    "commune": "Libellé commune (coord. structure)",
    "title": "Libellé civilité exercice",
    "profession_code": "Code profession",
    "speciality": "Libellé savoir-faire",
    "function": "Libellé fonction",
    "structure": "Raison sociale site",
    "brand": "Enseigne commerciale site",
    "street_number": "Numéro Voie (coord. structure)",
    "street_number_suffix": "Indice répétition voie (coord. structure)",
    "street_kind": "Libellé type de voie (coord. structure)",
    "street": "Libellé Voie (coord. structure)",
    "postal_code": "Code postal (coord. structure)",
    "phone": "Téléphone (coord. structure)",
    "second_phone": "Téléphone 2 (coord. structure)",
    "email": "Adresse e-mail (coord. structure)",
}
"""The columns as an edition writes them, to name those that are missing."""


class NotAnExtraction(RuleBroken):
    """The file lacks columns without which nobody can be recognised."""

    status = 422

    def __init__(self, missing: Collection[str]) -> None:
        super().__init__(
            "Ce fichier n’est pas une extraction « PS_LibreAcces_Personne_activite » de l’Annuaire Santé. "
            f"Colonnes manquantes : {', '.join(missing)}."
        )


@dataclass(frozen=True)
class Columns:
    """Where each column is, how many fields a whole line has, and which columns this edition lacks."""

    at: dict[str, int]
    width: int
    missing: tuple[str, ...]

    def truncated(self, line: bytes) -> str:
        """Why this line cannot be kept, when it has fewer fields than the headings; else nothing."""
        count = len(line.split(b"|"))
        return f"ligne tronquée : {count} champs au lieu de {self.width}" if count < self.width else ""


def columns_of(headings: str) -> Columns:
    names = headings.rstrip("\r\n").split("|")
    width = len(names) - (names[-1] == "")
    found = {normalised(name): index for index, name in reversed(list(enumerate(names)))}
    at = {
        column: found[spelling]
        for column, spellings in (REQUIRED | OPTIONAL).items()
        for spelling in spellings
        if spelling in found
    }
    if lacking := [OFFICIAL[column] for column in REQUIRED if column not in at]:
        raise NotAnExtraction(lacking)
    return Columns(at, width, tuple(OFFICIAL[column] for column in OPTIONAL if column not in at))


def normalised(heading: str) -> str:
    """A heading as every edition would write it: without case, accents, or « (coord. structure) »."""
    return folded(heading).removesuffix(" coord structure")
