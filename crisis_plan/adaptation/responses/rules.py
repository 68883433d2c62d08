"""What an action card is made of. Source: domain, sections 3, 4 and 8."""

from __future__ import annotations

from enum import StrEnum


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
