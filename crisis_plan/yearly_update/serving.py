"""Which section of the plan a page or an annex serves: what changes there is read again with it."""

from __future__ import annotations

from collections.abc import Mapping

from crisis_plan.adaptation.places import chapter as place_chapter
from crisis_plan.document import cover
from crisis_plan.document.changes import Change
from crisis_plan.pilotage.communication import chapter as messages
from crisis_plan.plan.requirements import REQUIREMENTS, Requirement, Theme, of_theme

SERVED: Mapping[tuple[str, str], str] = {
    (cover.KEY, ""): "territoire",
    ("alerte-immediate", ""): "alerte",
    ("alerte-immediate", "Qui appeler"): "referent",
    ("alerte-immediate", "Où se réunir"): "lieu-cellule",
    (messages.KEY, ""): "communication",
    ("annexe-diffusion", ""): "diffusion",
    (place_chapter.KEY, ""): "circuits",
}
"""By chapter, then by heading where that says more: the key of the section."""
ADOPTED = "«\u00a0Adopté\u00a0»"
KEYS = frozenset(asked.key for asked in REQUIREMENTS)
FIRST_OF = {theme.value: of_theme(theme)[0].key for theme in Theme}
"""Of each theme, the section that bears what belongs to none of its sections: its own title."""


def served(change: Change) -> str:
    """The key of the section that this page or annex serves; empty for what is a thing of its own."""
    if change.chapter_key == place_chapter.KEY and change.rows:
        return ""
    if change.chapter_key in FIRST_OF and change.anchor not in KEYS:
        return FIRST_OF[change.chapter_key]
    return SERVED.get((change.chapter_key, change.anchor)) or SERVED.get((change.chapter_key, ""), "")


def is_adoption(change: Change) -> bool:
    """Whether it only says who adopted the version in force: whoever adopts the next one says it then."""
    return change.chapter_key == cover.KEY and change.sentence.startswith(ADOPTED)


def said_of_section(change: Change, asked: Requirement) -> str:
    """The sentence to tell under this section; empty where the change is none of its own."""
    if (change.chapter_key, change.anchor) == (asked.theme.value, asked.key):
        return change.sentence
    return f"{change.place}\u00a0: {said(change)}" if served(change) == asked.key else ""


def said(change: Change) -> str:
    """The sentence, under its heading where it does not begin with it."""
    is_told = not change.heading or change.sentence.startswith(change.heading)
    return change.sentence if is_told else f"{change.heading}\u00a0: {change.sentence}"
