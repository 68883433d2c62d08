"""What happened, from the alert to the closing, as the logbook tells it: heading 1 of a debrief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures import telling
from crisis_plan.evaluation.figures.reckoned import Reckoned, reckoned
from crisis_plan.evaluation.figures.rules import Figure
from crisis_plan.evaluation.figures.telling import Story, chapters, sentence, typed
from crisis_plan.pilotage.facts.rules import FactKind, standing
from crisis_plan.pilotage.logbook.contents import read_content
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.exercises.models import Exercise
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.logbook.reckoning import Marked

TOLD = ("body", "nature", "place", "people", "services", "asked", "asked_until")
"""What is told of an alert; who gave it and who took it are names, which the logbook keeps."""


def description(debrief: Debrief, figures: Sequence[Figure], now: datetime, *, read: Reckoned | None = None) -> str:
    """Heading 1 in light Markdown, drawn from the crisis or the exercise and from all of its figures.

    `read`: what the figures were counted from.
    """
    here = read or reckoned(debrief, now)
    if here:
        return _of_a_crisis(here, figures)
    return _of_an_exercise(debrief.exercise, figures) if debrief.exercise else ""


def _of_a_crisis(here: Reckoned, figures: Sequence[Figure]) -> str:
    place, known = here.cpts, {one.key: one for one in figures}
    story = _story(here)
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


def _story(here: Reckoned) -> Story:
    """What is told beside the figures."""
    crisis, alert = here.crisis, here.alert
    requests = [one for one in standing(here.facts) if one.kind is FactKind.REQUEST]
    opened, ended = _reasons(here.rows, EntryKind.ACTIVATION), _reasons(here.rows, EntryKind.STAND_DOWN)
    return Story(
        what="L’exercice" if crisis.is_exercise else "La crise",
        is_exercise=crisis.is_exercise,
        opened_at=crisis.opened_at,
        stood_down_at=crisis.stood_down_at,
        closed_at=crisis.closed_at,
        now=here.now,
        title=crisis.title,
        crisis_type=crisis.crisis_type.label,
        alert={name: getattr(alert, name) for name in TOLD} if alert else {},
        received_at=alert.received_at if alert else None,
        communes=here.touched,
        requested=[one.text for one in reversed(requests)],
        opened_because=opened[0] if opened else "",
        stood_down_because=ended[-1] if ended else "",
    )


def _reasons(rows: Sequence[Marked], kind: EntryKind) -> list[str]:
    """Why each of these was written, in the main part; of an erased one nothing is known any more."""
    found = [one for one in rows if one.kind is kind and one.part is Part.MAIN]
    return [read_content(one.content).reason if one.content else "" for one in found]


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
