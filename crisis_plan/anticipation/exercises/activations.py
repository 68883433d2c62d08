"""Real activations: one replaces the live exercise of the pace, once its lessons are drawn (domain, section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crisis_plan.anticipation.exercises.rules import PROPOSED, ExerciseKind, Standing
from crisis_plan.evaluation.debriefs.reviewed import Reviewed, reviewed
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts


def activations(cpts: Cpts) -> Sequence[Reviewed]:
    """The real crises that have a debrief, the latest first; one statement."""
    return of(reviewed(cpts))


def of(debriefs: Iterable[Reviewed]) -> Sequence[Reviewed]:
    """Those of these debriefs that are about a real crisis."""
    return [one for one in debriefs if one.is_activation]


def last_counting(found: Iterable[Reviewed], today: date) -> Reviewed | None:
    """The latest one over by this day that counts as a live exercise."""
    counting = (one for one in found if one.counts_as_live_exercise and one.over_on <= today)
    return max(counting, key=lambda one: one.over_on, default=None)


def recent(found: Iterable[Reviewed], months: int | None, today: date) -> Sequence[Reviewed]:
    """Those that matter to a pace of so many months, whether or not they count yet."""
    since = add_months(today, -(months or PROPOSED[ExerciseKind.LIVE] or 0))
    return [one for one in found if one.over_on >= since]


def live_pace(standings: Iterable[Standing]) -> int | None:
    """How many months this CPTS leaves between two live exercises; none: no pace."""
    return next((one.months for one in standings if one.kind is ExerciseKind.LIVE), None)


def called(activation: Reviewed) -> str:
    """« Activation réelle : Crise n° 1, Feu de forêt »."""
    return f"Activation réelle\u00a0: {activation.name}"
