"""The columns of a spreadsheet of contacts: what each may be called, and how many a contact may have."""

from __future__ import annotations

from collections.abc import Iterable

COLUMNS: dict[str, tuple[str, ...]] = {
    "family_name": ("nom", "nom de famille", "nom d exercice", "nom du service", "raison sociale", "nom complet"),
    "given_name": ("prenom", "prenom d exercice"),
    "title": ("civilite", "titre"),
    "kind": ("type", "type de contact"),
    "nature": ("personne ou service", "nature"),
    "profession": ("profession", "metier"),
    "speciality": ("specialite",),
    "category": ("categorie",),
    "function": ("fonction", "role", "poste"),
    "rpps": ("rpps", "numero rpps", "n rpps", "no rpps"),
    "joined_on": ("adherent depuis", "adhesion", "date d adhesion", "adhere le", "date adhesion"),
    "skills": ("competences", "competences utiles en crise"),
    "availability": ("disponibilite", "disponibilites"),
    "note": ("note", "notes", "remarque", "remarques", "commentaire", "commentaires"),
    "verified_on": ("verifie le", "date de verification", "verification"),
}
PLACE_COLUMNS: dict[str, tuple[str, ...]] = {
    "structure": ("structure", "lieu d exercice", "etablissement", "cabinet"),
    "address": ("adresse", "adresse postale"),
    "postal_code": ("code postal", "cp"),
    "commune": ("commune", "ville", "localite"),
}
OWN_PHONES = (
    "telephone prive", "tel prive", "telephone personnel", "portable", "mobile", "telephone portable",
    "telephone mobile", "portable prive", "mobile prive",
)  # fmt: skip
"""Columns of numbers that belong to a person: private, whatever the number is."""
WORK_PHONES = ("telephone professionnel", "tel professionnel", "tel pro", "portable professionnel")
"""Columns of numbers that may be given to others, even mobiles."""
PHONES = ("telephone", "tel", "telephone fixe", *OWN_PHONES, *WORK_PHONES)
EMAILS = ("courriel", "e mail", "email", "mail", "adresse e mail", "adresse electronique", "mel")
MOST_PLACES, MOST_PHONES, MOST_EMAILS = 3, 4, 3
EXPECTED = (
    "Nom, Prénom, Type, Catégorie, Fonction, Profession, Spécialité, RPPS, Adhérent depuis, Structure, Adresse, "
    "Code postal, Commune, Téléphone, Téléphone 2, Téléphone privé, Téléphone professionnel, Courriel, Compétences, Disponibilité, Note, Vérifié le"
)


def numbered(names: Iterable[str], most: int) -> list[str]:
    """« telephone », « telephone 2 »… as many as a contact may have."""
    return [name if rank == 1 else f"{name} {rank}" for rank in range(1, most + 1) for name in names]


KNOWN = frozenset(
    [name for names in COLUMNS.values() for name in names]
    + [name for names in PLACE_COLUMNS.values() for name in numbered(names, MOST_PLACES)]
    + numbered(PHONES, MOST_PHONES)
    + numbered(EMAILS, MOST_EMAILS)
)
"""The folded headings that are read."""
