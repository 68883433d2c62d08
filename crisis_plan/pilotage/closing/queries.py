"""What is still open when a crisis ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.pilotage.closing.rules import Warnings
from crisis_plan.pilotage.communication import queries as communication
from crisis_plan.pilotage.communication.rules import Moment, serves
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import queries as crisis_calls
from crisis_plan.pilotage.devices import queries as devices
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.stock_out import queries as stock_out
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.web.formats import counted, number

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.communication.models import MessageModel
    from crisis_plan.pilotage.tasks.models import CrisisTask


def warnings(crisis: Crisis, now: datetime) -> Warnings:
    """What the referent should know before closing, asked of each room once."""
    return Warnings(
        unsent=[
            f"{one.account_name} ({one.device_name or 'appareil'}) garde "
            f"{counted(one.waiting, 'entrée non envoyée', 'entrées non envoyées')}."
            for one in devices.unsent(crisis, now)
        ],
        silent_tasks=_by_function(tasks.open_without_a_word(crisis)),
        open_needs=[f"Besoin ouvert à {need.commune}\u00a0: {need.text}" for need in needs.still_open(crisis)],
        open_calls=[call_list.title for call_list in crisis_calls.running(crisis)],
    )


def stand_down_message(cpts: Cpts, crisis: Crisis) -> MessageModel | None:
    """The prepared message that tells this end, the first that serves its type of crisis; one statement."""
    found = communication.models_at(cpts, Moment.STAND_DOWN)
    return next((model for model in found if serves(model, crisis.crisis_type)), None)


def needs_left(crisis: Crisis) -> str:
    """The needs that remain, a line each: what a stand-down begins with."""
    return "\n".join(f"{need.commune}\u00a0: {need.text}" for need in needs.still_open(crisis))


def material_gone(crisis: Crisis) -> str:
    """What left the stock for this crisis, by item: what is to be replenished."""
    totals: Counter[str] = Counter()
    for one in stock_out.gone(crisis):
        totals[one.batch.item.name] += 0 if one.is_reversed else one.quantity
    return "\n".join(f"{number(quantity)} × {name}" for name, quantity in totals.items() if quantity)


def _by_function(left: Sequence[CrisisTask]) -> list[tuple[str, list[str]]]:
    """The texts of these tasks by function, those that no function holds last."""
    found: dict[str, list[str]] = {}
    for task in sorted(left, key=lambda one: (one.function is None, one.function.position if one.function else 0)):
        found.setdefault(task.function.name if task.function else task.who or "Sans fonction", []).append(task.text)
    return list(found.items())
