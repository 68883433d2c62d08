"""Several people take the same thing away at the same moment: it goes once, and history says so once."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import files
from crisis_plan.orsan.neighbours.models import NeighbouringPlan, NeighbouringPlanFile
from crisis_plan.web.attachments import PDF, Attachment
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, member
from tests.orsan.factories import A_PDF, neighbour
from tests.promises.test_concurrent_edits import all_at_once

WRITERS = 5


@pytest.fixture
def writers(app: Flask, cpts: Cpts) -> list[Browser]:
    accounts = [member(cpts, Role.COORDINATOR) for _ in range(WRITERS)]
    db.session.commit()
    return [Browser(app, account, cpts) for account in accounts]


@pytest.mark.parametrize(
    ("endpoint", "subject", "plans"),
    [("cpts.neighbours.remove", "neighbouring_plan", 0), ("cpts.neighbours.remove_file", "neighbouring_plan_file", 1)],
)
def test_what_is_removed_at_once_is_removed_once(
    writers: list[Browser], cpts: Cpts, endpoint: str, subject: str, plans: int
) -> None:
    plan = neighbour(cpts)
    files.keep(plan, Attachment("a.pdf", PDF, A_PDF), by=AccountFactory(), at=NOON)
    db.session.commit()
    answers = all_at_once(writers, endpoint, lambda _: {}, plan_id=plan.id)
    told = Counter(answer.status_code for answer in answers)
    assert told[303] == 1
    assert told[404] + told[409] == WRITERS - 1
    removed = sa.select(HistoryEvent.subject).where(HistoryEvent.verb == Verb.REMOVED)
    assert list(db.session.scalars(removed)) == [subject]
    assert db.session.scalars(sa.select(NeighbouringPlanFile)).all() == []
    assert db.session.scalar(sa.select(sa.func.count(NeighbouringPlan.id))) == plans
