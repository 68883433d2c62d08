"""From alert to recognition: three separate dated facts. Source: domain, section 5."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """What an authority did: none is inferred from another, and money hangs on the third only."""

    ORSAN = "orsan"
    REQUEST = "request"
    RECOGNITION = "recognition"

    @property
    def label(self) -> str:
        return {
            "orsan": "Plan ORSAN déclenché",
            "request": "CPTS sollicitée",
            "recognition": "Crise sanitaire grave reconnue",
        }[self.value]

    @property
    def missing(self) -> str:
        """What the strip says while nothing was recorded."""
        return {
            "orsan": "Aucun déclenchement consigné",
            "request": "Aucune demande consignée",
            "recognition": "Aucune reconnaissance consignée",
        }[self.value]
