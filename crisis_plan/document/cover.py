"""What a cover says of the plan, as a chapter that can be compared: version, date, author and adoption are its own."""

from __future__ import annotations

from dataclasses import replace

from crisis_plan.document.blocks import Chapter, Document, Part

KEY, TITLE = "couverture", "Couverture"
ADOPTED = "Adopté"
"""By whom and when: each version is adopted for itself."""
VERIFIED = "Contacts vérifiés depuis moins de 12 mois"
"""It changes by mere upkeep; the covers that were frozen first do not say so themselves."""


def cover_chapter(document: Document) -> Chapter:
    """The facts of the cover that somebody changes."""
    kept = tuple(fact for fact in document.cover.facts if not (fact.passing or fact.label in (ADOPTED, VERIFIED)))
    return Chapter(KEY, TITLE, (replace(document.cover, facts=kept),), Part.CHANGES)
