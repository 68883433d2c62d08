"""Tasks of a crisis to arrange a test with."""

from __future__ import annotations

from typing import Any

from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.tasks import queries
from crisis_plan.pilotage.tasks.models import CrisisTask
from tests.factories import NOON


def a_task(crisis: Crisis, text: str = "Appeler la mairie", **values: Any) -> CrisisTask:
    """A task that nobody ticked."""
    asked = {
        "position": queries.last_position(crisis) + 1,
        "changed_at": NOON,
        "changed_by_name": "Claire Vidal",
        **values,
    }
    task = CrisisTask(crisis_id=crisis.id, text=text, **asked)
    db.session.add(task)
    db.session.flush()
    return task


def a_card(cpts: Cpts, title: str, *steps: dict[str, Any]) -> ActionCard:
    """An action card with these steps, of the first hour unless they say otherwise."""
    card = ActionCard(cpts_id=cpts.id, position=1, title=title, created_at=NOON, updated_at=NOON)
    for position, step in enumerate(steps):
        phase = step.get("phase", Phase.FIRST_HOUR)
        card.steps.append(CardStep(**{"phase": phase, "phase_rank": phase.rank, "position": position, **step}))
    db.session.add(card)
    db.session.flush()
    return card
