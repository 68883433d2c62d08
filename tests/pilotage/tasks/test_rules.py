"""When a task is overdue, and what a tick may change."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from crisis_plan.pilotage.tasks.rules import TaskState, is_overdue, moves

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "due_at", "late"),
    [
        (TaskState.TO_DO, NOON, True),
        (TaskState.STARTED, NOON - timedelta(days=1), True),
        (TaskState.TO_DO, NOON + timedelta(seconds=1), False),
        (TaskState.TO_DO, None, False),
        (TaskState.DONE, NOON, False),
        (TaskState.DROPPED, NOON, False),
    ],
)
def test_only_what_is_open_is_overdue(state, due_at, late):
    assert is_overdue(SimpleNamespace(state=state, due_at=due_at), NOON) is late


def test_a_tick_moves_a_task_forward_and_never_back():
    allowed = {(now, wanted) for now in TaskState for wanted in TaskState if moves(now, wanted)}
    to_do, started, done, dropped = TaskState.TO_DO, TaskState.STARTED, TaskState.DONE, TaskState.DROPPED
    assert allowed == {
        (to_do, started), (to_do, dropped), (to_do, done), (started, dropped), (started, done), (dropped, done)
    }  # fmt: skip
