"""A crisis to write in."""

from __future__ import annotations

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from tests.factories import member
from tests.pilotage.crises.factories import a_crisis


@pytest.fixture
def author(cpts: Cpts) -> Account:
    made = member(cpts, Role.COORDINATOR)
    made.name = "Ana Ribeiro"
    db.session.commit()
    return made


@pytest.fixture
def crisis(cpts: Cpts, author: Account) -> Crisis:
    """Open since this moment: what is posted by a browser is entered by the real clock."""
    made = a_crisis(cpts, author, at=clock.now())
    db.session.commit()
    return made
