"""The trame as data: the twenty-one headings of the plan, in the order of its four themes (domain, section 3)."""

from crisis_plan.plan.trame import adaptation, anticipation, evaluation, pilotage
from crisis_plan.plan.trame.requirement import SOURCES, TRAME_NOTE, MetBy, Need, Requirement, Theme

__all__ = [
    "REQUIREMENTS",
    "SOURCES",
    "TRAME_NOTE",
    "MetBy",
    "Need",
    "Requirement",
    "Theme",
    "of_theme",
    "requirement",
]

REQUIREMENTS: tuple[Requirement, ...] = (
    *anticipation.REQUIREMENTS,
    *adaptation.REQUIREMENTS,
    *pilotage.REQUIREMENTS,
    *evaluation.REQUIREMENTS,
)

_BY_KEY = {asked.key: asked for asked in REQUIREMENTS}


def requirement(key: str) -> Requirement:
    """The heading of this key; raises KeyError when the trame has none."""
    return _BY_KEY[key]


def of_theme(theme: Theme) -> tuple[Requirement, ...]:
    """The headings of one theme, in the order of the trame."""
    return tuple(asked for asked in REQUIREMENTS if asked.theme is theme)
