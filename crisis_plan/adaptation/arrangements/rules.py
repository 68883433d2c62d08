"""The three lists of the theme « adaptation » that are kept as lines. Source: domain, section 3 (S004)."""

from __future__ import annotations

from enum import StrEnum


class ArrangementKind(StrEnum):
    """Which list; the value is the key of its requirement in the trame, and its address."""

    NEED = "besoins"
    CIRCUIT = "circuits"
    CONTINUITY = "continuite"

    @property
    def label(self) -> str:
        return {
            "besoins": "Besoins",
            "circuits": "Circuits",
            "continuite": "Continuité des soins",
        }[self.value]
