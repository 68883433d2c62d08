"""What the logbook says of tasks, and what the person who ticks one is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan.clock import HasTimeZone
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import counted, moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.tasks.models import CrisisTask
    from crisis_plan.pilotage.tasks.operations import TaskDescription

KINDS = {TaskState.DONE: EntryKind.ACTION_DONE, TaskState.STARTED: EntryKind.ACTION_STARTED}
"""The others are told as information."""
NO_HOUR = "sans heure"


def made_from_cards(count: int, titles: Sequence[str], since: str) -> str:
    """« 14 tâches créées depuis 3 fiches actions… »."""
    made = counted(count, "tâche créée", "tâches créées")
    cards = counted(len(titles), "fiche action", "fiches actions")
    return f"{made} depuis {cards}\u00a0: {', '.join(titles)}. Les délais comptent à partir du {since}."


def added(task: CrisisTask, place: HasTimeZone) -> str:
    due = f", avant le {moment(task.due_at, place)}" if task.due_at else ""
    return f"Tâche ajoutée\u00a0: {named(task)}{due}."


def ticked(task: CrisisTask, state: TaskState, word: str, *, is_same: bool) -> str:
    """« Faite : appeler la mairie (Liaison) »; a mere word is said of the task as it is."""
    told = {TaskState.TO_DO: "Tâche rouverte", TaskState.DROPPED: "Tâche abandonnée"}.get(state, state.label)
    label = f"Tâche {task.state.label.lower()}" if is_same else told
    return with_word(f"{label}\u00a0: {named(task)}.", word)


def ticked_late(task: CrisisTask, wanted: TaskState) -> str:
    """A tick that changes nothing any more, and that is not lost."""
    told = f"«\u00a0{wanted.label}\u00a0» coché aussi pour la tâche\u00a0: {named(task)}."
    return f"{told} Elle était notée «\u00a0{task.state.label}\u00a0» par {task.changed_by_name}."


def changed(task: CrisisTask, changes: Iterable[str], word: str) -> str:
    return with_word(f"Tâche modifiée\u00a0: {named(task)}.\n" + "\n".join(f"– {one}" for one in changes), word)


def differences(task: CrisisTask, description: TaskDescription, place: HasTimeZone) -> list[str]:
    """What a change of a task changes, as the logbook tells it."""
    found = []
    if task.text != description.text:
        found.append(f"texte, avant : {task.text}")
    if (task.function_id, task.who) != (description.function.id if description.function else None, description.who):
        before = task.function.name if task.function else task.who
        after = description.function.name if description.function else description.who
        found.append(f"confiée à {after or 'personne'}, avant : {before or 'personne'}")
    if task.due_at != description.due_at:
        due = moment(description.due_at, place) or NO_HOUR
        found.append(f"échéance : {due}, avant : {moment(task.due_at, place) or NO_HOUR}")
    if task.care is not description.care:
        found.append(f"soin : {description.care.label if description.care else 'aucun en particulier'}")
    return found


def already(task: CrisisTask, place: HasTimeZone) -> str:
    """« Déjà notée « Faite » par Anne Petit, le 22/11/2026 à 14:05. »"""
    when = moment(task.changed_at, place)
    return f"Cette tâche est déjà notée «\u00a0{task.state.label}\u00a0» par {task.changed_by_name}, le {when}."


def named(task: CrisisTask) -> str:
    """The text of a task and whose it is."""
    whose = task.function.name if task.function else task.who
    return f"{task.text.rstrip(' .')} ({whose})" if whose else task.text.rstrip(" .")


def with_word(text: str, word: str) -> str:
    return f"{text}\nMot\u00a0: {word}" if word else text
