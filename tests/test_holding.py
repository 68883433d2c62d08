"""A row is held once a transaction: read again under its lock the first time, then left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crisis_plan.db import db, hold
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries
from crisis_plan.pilotage.crises.models import Crisis
from tests.factories import AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.statements import counted_statements


@pytest.fixture
def crisis(cpts: Cpts) -> Crisis:
    made = a_crisis(cpts, AccountFactory())
    db.session.commit()
    return made


def reads(*acts: Callable[[], object]) -> int:
    """How often the crisis was read."""
    with counted_statements() as sent:
        for act in acts:
            act()
    return sum("FROM crises" in statement for statement in sent)


def test_a_row_is_read_again_once_a_transaction(crisis: Crisis) -> None:
    assert reads(lambda: hold(crisis), lambda: hold(crisis)) == 1
    assert reads(db.session.commit, lambda: hold(crisis), lambda: hold(crisis)) == 1
    assert reads(db.session.rollback, lambda: hold(crisis)) == 1


def test_what_a_savepoint_held_is_held_again_once_it_is_undone(crisis: Crisis) -> None:
    db.session.rollback()
    undone = db.session.begin_nested()
    assert reads(lambda: hold(crisis), lambda: hold(crisis)) == 1
    undone.rollback()
    assert reads(lambda: hold(crisis), lambda: hold(crisis)) == 1


def test_a_crisis_that_was_found_held_is_not_read_again(crisis: Crisis) -> None:
    cpts = crisis.cpts
    db.session.rollback()
    crisis_id = crisis.id
    assert reads(lambda: queries.held_crisis_or_404(cpts, crisis_id), lambda: hold(crisis)) == 1
