"""What happened, from the alert to the closing, as the logbook tells it: heading 1 of a debrief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures import telling
from crisis_plan.evaluation.figures.rules import Figure
from crisis_plan.evaluation.figures.telling import Story, chapters, sentence, typed
from crisis_plan.organisations import communes
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.facts.rules import FactKind, standing
from crisis_plan.pilotage.logbook import reckoning
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.exercises.models import Exercise
    from crisis_plan.evaluation.debriefs.models import Debrief

TOLD = ("body", "nature", "place", "people", "services", "asked", "asked_until")
"""What is told of an alert; who gave it and who took it are names, which the logbook keeps."""


def description(debrief: Debrief, figures: Sequence[Figure], now: datetime) -> str:
    """Heading 1 in light Markdown, drawn from the crisis or the exercise and from all of its figures."""
    if debrief.crisis:
        return _of_a_crisis(debrief, debrief.crisis, figures, now)
    return _of_an_exercise(debrief.exercise, figures) if debrief.exercise else ""


def _of_a_crisis(debrief: Debrief, crisis: Crisis, figures: Sequence[Figure], now: datetime) -> str:
    place, known = debrief.cpts, {one.key: one for one in figures}
    story = _story(crisis, now)
    return chapters(
        (
            ("L’alerte", telling.alert(story, place)),
            ("Les trois faits datés", telling.facts(known)),
            ("L’ouverture et les niveaux", telling.opening(story, known, place)),
            ("Ce qui était demandé", telling.asked(story, known)),
            ("Les moyens", telling.means(story, known)),
            ("La levée et la clôture", telling.ending(story, known, place)),
        )
    )


def _story(crisis: Crisis, now: datetime) -> Story:
    """What is asked beside the figures; three statements."""
    alert = crises.alert(crisis)
    requests = [one for one in standing(facts.facts(crisis)) if one.kind is FactKind.REQUEST]
    acts = reckoning.acts(crisis, (EntryKind.ACTIVATION, EntryKind.STAND_DOWN))
    opened = next((one.said.reason for one in acts if one.kind is EntryKind.ACTIVATION), "")
    ended = [one.said.reason for one in acts if one.kind is EntryKind.STAND_DOWN]
    return Story(
        what="L’exercice" if crisis.is_exercise else "La crise",
        is_exercise=crisis.is_exercise,
        opened_at=crisis.opened_at,
        stood_down_at=crisis.stood_down_at,
        closed_at=crisis.closed_at,
        now=now,
        title=crisis.title,
        crisis_type=crisis.crisis_type.label,
        alert={name: getattr(alert, name) for name in TOLD} if alert else {},
        received_at=alert.received_at if alert else None,
        communes=[one.name for one in communes.communes(alert.communes)] if alert else (),
        requested=[one.text for one in reversed(requests)],
        opened_because=opened,
        stood_down_because=ended[-1] if ended else "",
    )


def _of_an_exercise(played: Exercise, figures: Sequence[Figure]) -> str:
    """What was planned, what took place, who came and who answered."""
    day = f"a eu lieu le {long_date(played.held_on)}" if played.held_on else "n’a pas encore de date tenue"
    where = f" ({typed(played.place)})" if played.place else ""
    held = [f"«\u00a0{typed(played.name)}\u00a0» {day}{where}."]
    if played.crisis_type:
        held.append(f"Type de crise joué\u00a0: {played.crisis_type.label}.")
    counts = [f"{one.label}\u00a0: {one.value}." for one in figures]
    return chapters(
        (
            ("L’exercice", [" ".join(held), " ".join(counts)]),
            ("Objectifs", _paragraphs(played.objectives)),
            ("Ce qui a été observé", _paragraphs(played.observed)),
        )
    )


def _paragraphs(text: str) -> list[str]:
    """What was typed, a paragraph a line."""
    return [sentence(line) for line in text.splitlines() if line.strip()]
