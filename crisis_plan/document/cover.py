"""What a cover says of the plan, as a chapter that can be compared: its version, its date and its author are its own."""

from __future__ import annotations

from dataclasses import replace

from crisis_plan.document.blocks import Chapter, Document, Part

KEY, TITLE = "couverture", "Couverture"
VERIFIED = "Contacts vérifiés depuis moins de 12 mois"
"""It changes by mere upkeep; the covers that were frozen first do not say so themselves."""


def cover_chapter(document: Document) -> Chapter:
    """The facts of the cover that somebody changes."""
    kept = tuple(fact for fact in document.cover.facts if not (fact.passing or fact.label == VERIFIED))
    return Chapter(KEY, TITLE, (replace(document.cover, facts=kept),), Part.CHANGES)
