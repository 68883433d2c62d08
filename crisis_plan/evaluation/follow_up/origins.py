"""Where a new improvement comes from, as its address says: a lesson of an exercise, an opinion, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import abort

from crisis_plan.access.guard import can
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises.lessons import lesson_or_404
from crisis_plan.evaluation.follow_up.fields import asked_place
from crisis_plan.evaluation.improvements.operations import Source
from crisis_plan.opinions import lessons as opinions
from crisis_plan.opinions.queries import opinion_or_404
from crisis_plan.organisations.models import Cpts

LESSON, OPINION = "lecon", "avis"
"""How an address names them."""


@dataclass(frozen=True)
class Learnt:
    """What taught it, in its own words, and where in the plan it is proposed."""

    source: Source = field(default_factory=Source)
    text: str = ""
    place: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What the address of the form says of it."""
        known = {LESSON: self.source.lesson_id, OPINION: self.source.opinion_id}
        return {name: str(value) for name, value in known.items() if value}


def asked(cpts: Cpts, args: Mapping[str, str]) -> Learnt:
    """What this address names; 404 for what is not of this CPTS, or not for this reader. No more than two statements."""
    if LESSON in args:
        lesson = lesson_or_404(cpts, _identity(args[LESSON]))
        return Learnt(lesson.source, lesson.text)
    if OPINION in args and can(Permission.READ_PROVISIONAL):
        opinion = opinion_or_404(cpts, _identity(args[OPINION]))
        place = asked_place(opinion.section_key, "")
        return Learnt(opinions.source(opinion), opinion.messages[0].text, place)
    if OPINION in args:
        abort(404)
    return Learnt(place=asked_place(args.get("rubrique", ""), args.get("fiche", "")))


def _identity(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        abort(404)
