"""Health professions by their code in the national nomenclature G15 (domain, section 11)."""

from __future__ import annotations

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
