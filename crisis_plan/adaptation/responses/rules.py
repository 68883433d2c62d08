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
NOT_YET_REREAD = "pas encore relue"
"""Said beside the title of a card that was proposed and that nobody of the CPTS has read again."""


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


def named_by(functions: Iterable[str], professions: Iterable[str]) -> tuple[str, ...]:
    """Whom a card names: functions of the crisis cell in its order, then professions; nobody: it is for everyone."""
    return (*functions, *sorted(professions, key=folded))


def whom_for(functions: Iterable[str], professions: Iterable[str]) -> tuple[str, ...]:
    """The same as it is read: everyone where the card names nobody."""
    return named_by(functions, professions) or (EVERYONE,)


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
    one, several = "fiche action n’a jamais été relue", "fiches actions n’ont jamais été relues"
    return f"{counted(unread, one, several)}."


def numbers_to_find_in_words(count: int) -> str:
    """How many lines to call of the cards lead to no number, as a sentence; empty when all do."""
    if not count:
        return ""
    one, several = "numéro reste à trouver", "numéros restent à trouver"
    return f"{counted(count, one, several)} parmi ceux que les fiches actions font appeler."
