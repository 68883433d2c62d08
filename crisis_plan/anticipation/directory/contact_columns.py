"""The columns of a spreadsheet of contacts: what each may be called, and how many a contact may have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crisis_plan.imports.columns import Field

PERSON, WHERE, REACH, CRISIS, CHECK = (
    "Qui", "Lieu d’exercice", "Comment joindre", "En cas de crise", "Suivi",
)  # fmt: skip
OWN_PHONES = (
    "telephone prive", "tel prive", "telephone personnel", "portable", "mobile", "telephone portable",
    "telephone mobile", "portable prive", "mobile prive", "gsm", "tel perso", "telephone perso", "tel personnel",
    "portable perso", "portable personnel", "mobile perso", "mobile personnel", "tel portable", "tel mobile",
    "num portable", "numero de portable", "numero portable",
)  # fmt: skip
"""Columns of numbers that belong to a person: private, whatever the number is."""
WORK_PHONES = (
    "telephone professionnel", "tel professionnel", "tel pro", "telephone pro", "portable professionnel",
    "portable pro", "mobile pro", "mobile professionnel", "gsm pro", "ligne professionnelle",
)  # fmt: skip
"""Columns of numbers that may be given to others, even mobiles."""
EMAILS = (
    "courriel", "e mail", "email", "mail", "adresse e mail", "adresse email", "adresse mail", "adresse electronique",
    "mel", "courriel professionnel", "mail pro", "mail professionnel", "email pro", "e mail pro",
)  # fmt: skip
OWN_EMAILS = (
    "courriel prive", "courriel personnel", "mail perso", "mail personnel", "mail prive", "email perso",
    "email personnel", "e mail perso", "e mail personnel", "e mail prive", "email prive",
)  # fmt: skip
"""Addresses that belong to a person: private."""
MOST_PLACES, MOST_PHONES, MOST_EMAILS = 3, 4, 3
DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}")


def numbered(names: Iterable[str], most: int) -> list[str]:
    """« telephone », « telephone 2 »… as many as a contact may have."""
    return [name if rank == 1 else f"{name} {rank}" for rank in range(1, most + 1) for name in names]


def _several(names: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(numbered(names, most))


PLACE = (
    Field("structure", "Structure", ("structure", "lieu d exercice", "etablissement", "cabinet"), WHERE),
    Field("address", "Adresse", ("adresse", "adresse postale"), WHERE),
    Field("postal_code", "Code postal", ("code postal", "cp"), WHERE, looks=re.compile(r"\d{5}")),
    Field("commune", "Commune", ("commune", "ville", "localite"), WHERE),
)


def place_key(key: str, rank: int) -> str:
    """The field of this place: the first, the second…"""
    return key if rank == 1 else f"{key} {rank}"


PLACES = tuple(
    Field(
        place_key(one.key, rank),
        one.label if rank == 1 else f"{one.label} du lieu {rank}",
        tuple(name if rank == 1 else f"{name} {rank}" for name in one.headings),
        WHERE,
        looks=one.looks if rank == 1 else None,
    )
    for rank in range(1, MOST_PLACES + 1)
    for one in PLACE
)
FIELDS = (
    Field(
        "family_name",
        "Nom",
        ("nom", "nom de famille", "nom d exercice", "nom du service", "raison sociale", "nom complet", "nom usuel"),
        PERSON,
        is_required=True,
    ),
    Field("given_name", "Prénom", ("prenom", "prenom d exercice", "prenom usuel", "prenoms"), PERSON),
    Field("title", "Civilité", ("civilite", "titre"), PERSON),
    Field("kind", "Type de contact", ("type", "type de contact"), PERSON),
    Field("nature", "Personne ou service", ("personne ou service", "nature"), PERSON),
    Field("profession", "Profession", ("profession", "metier"), PERSON),
    Field("speciality", "Spécialité", ("specialite",), PERSON),
    Field("category", "Catégorie", ("categorie",), PERSON),
    Field("function", "Fonction", ("fonction", "role", "poste"), PERSON),
    Field(
        "rpps",
        "Numéro RPPS",
        ("rpps", "numero rpps", "n rpps", "no rpps", "identifiant rpps"),
        PERSON,
        looks=re.compile(r"8?1[0-9]{10}"),
    ),
    Field("finess", "Numéro FINESS", ("finess", "numero finess", "n finess", "no finess"), PERSON),
    Field(
        "joined_on",
        "Adhérent depuis",
        ("adherent depuis", "adhesion", "date d adhesion", "adhere le", "date adhesion"),
        PERSON,
    ),
    *PLACES,
    Field(
        "email",
        "Courriel",
        _several(EMAILS, MOST_EMAILS),
        REACH,
        holds_several=True,
        looks=re.compile(r"\s*\S+@\S+\.\S+.*"),
    ),
    Field("own_email", "Courriel privé", _several(OWN_EMAILS, MOST_EMAILS), REACH, holds_several=True),
    Field(
        "phone",
        "Téléphone",
        _several(("telephone", "tel", "telephone fixe", "tel fixe", "numero de telephone", "fixe"), MOST_PHONES),
        REACH,
        holds_several=True,
        looks=re.compile(r"(?:\+33|0033|0)?\s?[1-9](?:[ .-]?\d){8}(?:\s.*)?"),
    ),
    Field("own_phone", "Téléphone privé", _several(OWN_PHONES, MOST_PHONES), REACH, holds_several=True),
    Field("work_phone", "Téléphone professionnel", _several(WORK_PHONES, MOST_PHONES), REACH, holds_several=True),
    Field(
        "mobile_consent_on",
        "Accord pour le mobile privé, le",
        ("accord mobile prive le", "accord mobile prive", "accord mobile"),
        REACH,
    ),
    Field("skills", "Compétences utiles en crise", ("competences", "competences utiles en crise"), CRISIS),
    Field("volunteer_for", "Volontaire pour", ("volontaire pour", "volontaire", "volontariat"), CRISIS),
    Field("availability", "Disponibilité", ("disponibilite", "disponibilites"), CRISIS),
    Field(
        "verified_on",
        "Vérifié le",
        ("verifie le", "date de verification", "verification", "mis a jour le", "mise a jour", "derniere mise a jour"),
        CHECK,
    ),
    Field("verified_by", "Vérifié par", ("verifie par",), CHECK),
    Field("verified_how", "Vérifié comment", ("verifie comment",), CHECK),
    Field("note", "Note", ("note", "notes", "remarque", "remarques", "commentaire", "commentaires"), CHECK),
)
