"""The shape of one heading of the trame, and where its headings were read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SOURCES: dict[str, str] = {
    "S000": "Présentation d’un projet de CPTS dans le Gard : taille et diagnostic du territoire",
    "S004": "Commission paritaire régionale de l’ACI CPTS, 19 janvier 2023 : mission de crise et trame nationale",
    "menaces": "Même commission, liste des risques et des menaces",
    "contrat": "Annexes du contrat conclu par la CPTS avec l’Assurance Maladie et l’ARS",
    "avenant 2": "Accord conventionnel interprofessionnel (ACI) des CPTS, avenant 2",
    "fiche": "Fiche de présentation de la mission de crise (référence exacte à confirmer)",
    "plans publiés": "Plans de crise publiés par des CPTS",
    "pages de CPTS": "Pages publiées par des CPTS : les cinq types de crise",
}
"""The French reference behind each code of `Requirement.source`."""

TRAME_NOTE = (
    "Ces rubriques sont notre lecture du document national présenté en commission paritaire régionale le "
    "19 janvier 2023, des annexes du contrat et de plans publiés : la rédaction définitive de leurs intitulés était "
    "encore en discussion et peut donc changer."
)
"""Said wherever the trame is shown: its wording is not settled."""


class Theme(StrEnum):
    """The four parts of the plan, in the order of the trame."""

    ANTICIPATION = "anticipation"
    ADAPTATION = "adaptation"
    PILOTAGE = "pilotage"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        return {
            "anticipation": "Anticipation",
            "adaptation": "Adaptation",
            "pilotage": "Pilotage",
            "evaluation": "Évaluation",
        }[self.value]

    @property
    def number(self) -> int:
        return list(Theme).index(self) + 1


class Need(StrEnum):
    """How strongly the heading is asked for."""

    REQUIRED = "required"
    REQUIRED_NO_WAIVER = "required_no_waiver"
    AFTER_A_FIRST_ONE = "after_a_first_one"

    @property
    def label(self) -> str:
        return {
            "required": "Obligatoire, ou « sans objet » avec un motif",
            "required_no_waiver": "Obligatoire, sans exception",
            "after_a_first_one": "Après une première crise ou un premier exercice",
        }[self.value]


class MetBy(StrEnum):
    """What answers the heading: a written section, what the tool holds, both, or either."""

    TEXT = "text"
    DATA = "data"
    DATA_AND_TEXT = "data_and_text"
    DATA_OR_TEXT = "data_or_text"

    @property
    def label(self) -> str:
        return {
            "text": "Texte",
            "data": "Données",
            "data_and_text": "Données et texte",
            "data_or_text": "Données ou texte",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Screen:
    """Where data are entered: what the way there is called, and its address below the CPTS."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One heading of the trame: the question asked to the writer, and what a good answer holds."""

    key: str
    theme: Theme
    label: str
    question: str
    expected: tuple[str, ...]
    guidance: str
    need: Need
    met_by: MetBy
    source: str
    screens: tuple[Screen, ...] = ()
    """Where its data are entered; none when only text is asked."""

    @property
    def may_be_waived(self) -> bool:
        """Whether « sans objet » with a reason is accepted as an answer."""
        return self.need is Need.REQUIRED

    @property
    def needs_text(self) -> bool:
        """Whether a section has to be written."""
        return self.met_by in (MetBy.TEXT, MetBy.DATA_AND_TEXT)

    @property
    def references(self) -> tuple[str, ...]:
        """Its sources as a reader knows them."""
        return tuple(SOURCES[code] for code in self.source.split(", "))


def paragraphs(text: str) -> str:
    """Light Markdown typed over several indented lines: one line per paragraph, a blank line between two."""
    # str.split() without an argument would also break at the no-break spaces of French typography.
    return "\n\n".join(re.sub("[ \n]+", " ", paragraph).strip() for paragraph in text.split("\n\n"))
