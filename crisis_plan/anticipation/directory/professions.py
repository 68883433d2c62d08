"""Health professions by their code in the national nomenclature G15 (domain, section 11), and how people write them."""

from __future__ import annotations

from crisis_plan.folding import folded

PROFESSIONS = {
    "10": "Médecin",
    "21": "Pharmacien",
    "26": "Audioprothésiste",
    "28": "Opticien-Lunetier",
    "40": "Chirurgien-Dentiste",
    "41": "Assistant de service social",
    "50": "Sage-Femme",
    "60": "Infirmier",
    "69": "Infirmier psychiatrique",
    "70": "Masseur-Kinésithérapeute",
    "71": "Ostéopathe",
    "80": "Pédicure-Podologue",
    "86": "Technicien de laboratoire médical",
    "91": "Orthophoniste",
    "92": "Orthoptiste",
    "93": "Psychologue",
    "94": "Ergothérapeute",
    "95": "Diététicien",
    "96": "Psychomotricien",
    "98": "Manipulateur ERM",
}
ADVANCED_PRACTICE_NURSE = "Infirmier en pratique avancée (IPA)"

PROPOSED = (*sorted((*PROFESSIONS.values(), ADVANCED_PRACTICE_NURSE)),)
"""Labels proposed on a form; any other word is accepted."""

ALSO_WRITTEN = {
    "Médecin": ("docteur", "docteure", "medecins", "medecin liberal"),
    "Pharmacien": ("pharmacienne", "pharmacien e", "pharmaciens", "pharmacien titulaire", "pharmacien d officine"),
    "Opticien-Lunetier": ("opticien", "opticienne", "opticienne lunetiere"),
    "Chirurgien-Dentiste": ("dentiste", "dentistes", "chirurgienne dentiste", "chir dentiste"),
    "Assistant de service social": ("assistante de service social", "assistante sociale", "assistant social"),
    "Sage-Femme": ("sages femmes", "sage femme liberale", "maieuticien", "maieuticienne"),
    "Infirmier": (
        "infirmiere", "infirmier e", "infirmier ere", "infirmiers", "infirmieres", "ide", "idel", "infirmier liberal",
        "infirmiere liberale", "infirmier de", "infirmiere de", "infirmier diplome d etat", "infirmiere diplomee d etat",
    ),
    ADVANCED_PRACTICE_NURSE: (
        "ipa", "infirmier en pratique avancee", "infirmiere en pratique avancee", "infirmiere en pratique avancee ipa",
    ),
    "Infirmier psychiatrique": ("infirmiere psychiatrique",),
    "Masseur-Kinésithérapeute": (
        "kine", "kines", "kinesitherapeute", "kinesitherapeutes", "masseuse kinesitherapeute", "mkde",
        "masseur kine", "kine liberal",
    ),
    "Ostéopathe": ("osteo",),
    "Pédicure-Podologue": ("podologue", "pedicure", "pedicures podologues"),
    "Technicien de laboratoire médical": ("technicienne de laboratoire medical",),
    "Orthophoniste": ("orthophonistes"),
    "Psychologue": ("psychologues", "psychologue clinicien", "psychologue clinicienne"),
    "Ergothérapeute": ("ergo",),
    "Diététicien": ("dieteticienne", "dieteticien e", "dieteticien nutritionniste", "dieteticienne nutritionniste"),
    "Psychomotricien": ("psychomotricienne",),
    "Manipulateur ERM": ("manipulatrice erm", "manipulateur radio", "manipulatrice radio"),
}  # fmt: skip
"""Feminine and short forms, folded: the directory says one word for one profession."""
GENERAL_PRACTICE = "Médecine générale"
GENERAL_PRACTITIONER = frozenset({
    "generaliste", "medecin generaliste", "docteur generaliste", "medecin traitant", "mg", "medecin general",
})  # fmt: skip
LABELS = {folded(label): label for label in PROPOSED} | {
    form: label for label, forms in ALSO_WRITTEN.items() for form in forms
}


def usual(written: str) -> tuple[str, str]:
    """The label of a profession, and the speciality that it says with it; the word itself where nobody knows it."""
    said = folded(written)
    if said in GENERAL_PRACTITIONER:
        return PROFESSIONS["10"], GENERAL_PRACTICE
    return LABELS.get(said, written), ""
