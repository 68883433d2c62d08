"""What kinds of movements and of other means there are, and how they are called."""

from __future__ import annotations

from enum import StrEnum


class MovementKind(StrEnum):
    OPENING = "opening"
    IN = "in"
    OUT = "out"
    LOSS = "loss"
    COUNT = "count"
    TRANSFER = "transfer"
    REVERSAL = "reversal"

    @property
    def label(self) -> str:
        return {
            "opening": "Première quantité connue",
            "in": "Entrée",
            "out": "Sortie",
            "loss": "Perte",
            "count": "Comptage",
            "transfer": "Déplacement",
            "reversal": "Annulation",
        }[self.value]


class Gesture(StrEnum):
    """What a keeper of the stock does to a batch, as the address says it."""

    IN = "entree"
    LOSS = "perte"
    COUNT = "comptage"
    TRANSFER = "deplacement"

    @property
    def label(self) -> str:
        """The verb on its button."""
        return {
            "entree": "Faire entrer",
            "perte": "Déclarer perdu",
            "comptage": "Compter",
            "deplacement": "Déplacer",
        }[self.value]

    @property
    def question(self) -> str:
        """What its quantity means."""
        return {
            "entree": "Combien entrent",
            "perte": "Combien sont perdus, abîmés ou détruits",
            "comptage": "Combien en avez-vous compté",
            "deplacement": "Combien sont déplacés",
        }[self.value]

    @property
    def said(self) -> str:
        """What is answered once it is done."""
        return {
            "entree": "Entrée enregistrée.",
            "perte": "Perte enregistrée.",
            "comptage": "Comptage enregistré.",
            "deplacement": "Déplacement enregistré.",
        }[self.value]


class MeansKind(StrEnum):
    TELECONSULTATION = "teleconsultation"
    VEHICLE = "vehicle"
    GENERATOR = "generator"
    PREMISES = "premises"
    COMMUNICATION = "communication"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "teleconsultation": "Téléconsultation",
            "vehicle": "Véhicule",
            "generator": "Groupe électrogène",
            "premises": "Local",
            "communication": "Communication",
            "other": "Autre moyen",
        }[self.value]
