"""What an opinion teaches, as the evaluation turns it into improvements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan.evaluation.improvements.operations import Source, Target
from crisis_plan.evaluation.improvements.rules import Origin

if TYPE_CHECKING:
    from crisis_plan.opinions.models import Opinion


def source(opinion: Opinion) -> Source:
    """« Avis (ARS Occitanie) sur « Cellule de crise », version provisoire 2 »: where an improvement comes from."""
    first = opinion.messages[0]
    about = f"«\u00a0{opinion.section_title}\u00a0», {opinion.publication.name.lower()}"
    return Source(Origin.OPINION, f"Avis ({first.body}) sur {about}", opinion_id=opinion.id)


def target(opinion: Opinion) -> Target:
    """The section that it is about; of the plan as a whole, none in particular."""
    return Target(section_key=opinion.section_key, title=opinion.section_title if opinion.section_key else "")
