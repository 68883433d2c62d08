"""What became of each thing between the two versions that a consolidated document holds."""

from __future__ import annotations

from enum import StrEnum


class Revision(StrEnum):
    """The mark of a thing; empty where it is in both versions, so that a plan that compares nothing stores none."""

    KEPT = ""
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved_away"
    """It stood here before, and stands elsewhere now."""
    MOVED_HERE = "moved_here"

    @property
    def label(self) -> str:
        return {
            "": "inchangé",
            "added": "ajouté",
            "removed": "supprimé",
            "moved_away": "déplacé ailleurs",
            "moved_here": "déplacé ici",
        }[self.value]

    @property
    def noun(self) -> str:
        """What is said of a whole chapter, a card or an annex."""
        return {"": "", "added": "ajout", "removed": "suppression"}.get(self.value, "déplacement")


ONLY_BEFORE = frozenset({Revision.REMOVED, Revision.MOVED_AWAY})
ONLY_AFTER = frozenset({Revision.ADDED, Revision.MOVED_HERE})
