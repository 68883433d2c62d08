"""The four themes of the plan as chapters: each requirement, what was written for it, what the tool's data say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from crisis_plan.document import prose
from crisis_plan.document.blocks import Block, Chapter, Heading, Notice, Paragraph, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries
from crisis_plan.plan.requirements import Need, Requirement, Theme, of_theme
from crisis_plan.plan.rules import NOTHING_WRITTEN, Answer

Contribution = Callable[[Cpts, date], tuple[Block, ...]]
"""What a feature prints under one requirement."""

NOT_YET = "Rubrique en cours de rédaction."
NO_DEBRIEF_YET = "Aucune crise ni aucun exercice n’a encore donné lieu à un bilan."


def chapters(cpts: Cpts, today: date, contributions: Mapping[str, Contribution]) -> tuple[Chapter, ...]:
    """One chapter a theme, in the order of the trame."""
    answers = queries.answers(queries.sections(cpts))
    return tuple(
        Chapter(
            key=theme.value,
            title=theme.label,
            blocks=tuple(
                block
                for requirement in of_theme(theme)
                for block in _section(
                    requirement,
                    answers.get(requirement.key, NOTHING_WRITTEN),
                    contributions[requirement.key](cpts, today) if requirement.key in contributions else (),
                )
            ),
        )
        for theme in Theme
    )


def _section(requirement: Requirement, answer: Answer, contributed: tuple[Block, ...]) -> tuple[Block, ...]:
    heading = Heading(requirement.label, level=2, anchor=requirement.key)
    if answer.waiver and requirement.may_be_waived:
        return (heading, Notice(plain(answer.waiver), title="Sans objet"))
    written = (*prose.blocks(answer.text), *contributed) if answer.text else contributed
    return (heading, *(written or (Paragraph(plain(_nothing_yet(requirement), italic=True)),)))


def _nothing_yet(requirement: Requirement) -> str:
    return NO_DEBRIEF_YET if requirement.need is Need.AFTER_A_FIRST_ONE else NOT_YET
