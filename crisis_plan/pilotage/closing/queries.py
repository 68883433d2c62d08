"""What is still open when a crisis ends."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.pilotage.closing.rules import Warnings
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import queries as crisis_calls
from crisis_plan.pilotage.devices import queries as devices
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.web.formats import counted


def warnings(crisis: Crisis, now: datetime) -> Warnings:
    """What the referent should know before closing, asked of each room once."""
    return Warnings(
        unsent=[
            f"{one.account_name} ({one.device_name or 'appareil'}) garde "
            f"{counted(one.waiting, 'entrée non envoyée', 'entrées non envoyées')}."
            for one in devices.unsent(crisis, now)
        ],
        silent_tasks=[f"Tâche ouverte sans un mot\u00a0: {task.text}" for task in tasks.open_without_a_word(crisis)],
        open_needs=[f"Besoin ouvert à {need.commune}\u00a0: {need.text}" for need in needs.still_open(crisis)],
        open_calls=[call_list.title for call_list in crisis_calls.running(crisis)],
    )
