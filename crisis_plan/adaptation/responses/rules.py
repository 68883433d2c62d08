"""What an action card is made of, and whether anyone has read it again. Source: domain, sections 3, 4 and 8."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from crisis_plan.folding import folded
from crisis_plan.web.formats import counted

EVERYONE = "Tout le monde"
"""Whom a card is for that names neither a function nor a profession."""
LONGEST_TITLE = 160
COPY_OF = "Copie de «\u00a0{}\u00a0»"


class Phase(StrEnum):
    """The three lists of steps of a card, in the order in which they are read."""

    FIRST_HOUR = "first_hour"
    THEN = "then"
    CONTINUITY = "continuity"

    @property
    def label(self) -> str:
        return {
            "first_hour": "Première heure",
            "then": "Ensuite",
            "continuity": "Continuité des soins",
        }[self.value]

    @property
    def rank(self) -> int:
        return list(Phase).index(self)


def title_of_copy(title: str) -> str:
    """What a copy is called until it is renamed: the end of a long title gives way."""
    room = LONGEST_TITLE - len(COPY_OF.format(""))
    return COPY_OF.format(title if len(title) <= room else f"{title[: room - 1].rstrip()}…")


def whom_for(functions: Iterable[str], professions: Iterable[str]) -> tuple[str, ...]:
    """Whom a card is for: functions of the crisis cell, then professions; everyone where it names nobody."""
    return (*functions, *sorted(professions, key=folded)) or (EVERYONE,)


def whom_in_short(functions: Sequence[str], professions: Iterable[str]) -> tuple[str, ...]:
    """The same for a list of cards: functions are counted when there are several."""
    told = (
        [counted(len(functions), "fonction de la cellule", "fonctions de la cellule")] if functions[1:] else functions
    )
    return whom_for(told, professions)


def unread_in_words(unread: int) -> str:
    """How many cards nobody of the CPTS has read again, as a sentence; empty when all were."""
    if not unread:
        return ""
    one, several = "fiche action proposée n’a jamais été relue", "fiches actions proposées n’ont jamais été relues"
    return f"{counted(unread, one, several)}."
