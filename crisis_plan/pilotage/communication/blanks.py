"""The named blanks of a prepared message: `{cpts}`, `{heure}`… What cannot be filled stays visible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from crisis_plan.folding import folded

BLANK = re.compile(r"\{([^{}\n]{1,40})\}")
TO_WRITE = re.compile(rf"{BLANK.pattern}|\[[^\[\]\n]{{1,120}}\]")
"""A blank, or what stands in square brackets for whoever sends: « [consigne] »."""


class Blank(StrEnum):
    """What the tool can write in a message by itself."""

    CPTS = "cpts"
    TITLE = "titre"
    LEVEL = "niveau"
    REFERENT = "referent"
    TELEPHONE = "telephone"
    CELL_PLACE = "lieu_cellule"
    TIME = "heure"

    @property
    def written(self) -> str:
        """As it stands in a text: « {cpts} »."""
        return f"{{{self.value}}}"

    @property
    def label(self) -> str:
        """What takes its place."""
        return {
            "cpts": "Le nom de la CPTS",
            "titre": "Le titre de la crise ou de l’exercice",
            "niveau": "Le niveau de la CPTS à cette heure",
            "referent": "Le référent de crise de ce jour",
            "telephone": "Le téléphone professionnel de ce référent, jamais un numéro privé",
            "lieu_cellule": "Où la cellule de crise se réunit",
            "heure": "L’heure de l’envoi",
        }[self.value]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled; one that is unknown, or of which nothing is known, stays as it is."""
    return BLANK.sub(lambda found: values.get(_name(found[1])) or found[0], text)


def unknown_blanks(*texts: str) -> tuple[str, ...]:
    """The blanks that nothing can fill, as they are written, each once."""
    known = set(Blank)
    return _each_once(found[0] for text in texts for found in BLANK.finditer(text) if _name(found[1]) not in known)


def left_to_fill(*texts: str) -> tuple[str, ...]:
    """What whoever sends must still write: named blanks and square brackets, as they are written, each once."""
    return _each_once(found[0] for text in texts for found in TO_WRITE.finditer(text))


def _name(written: str) -> str:
    """« { Lieu cellule } » is `lieu_cellule`: accents, case and spaces do not count."""
    return folded(written).replace(" ", "_")


def _each_once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
