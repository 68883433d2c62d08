"""Who posts at once, and when."""

from __future__ import annotations

import pytest
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, member
from tests.promises.at_once import WRITERS


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def writers(app: Flask, cpts: Cpts) -> list[Browser]:
    """As many referents of one CPTS, who also run the installation."""
    accounts = [member(cpts, Role.REFERENT) for _ in range(WRITERS)]
    for account in accounts:
        account.is_operator = True
    db.session.commit()
    return [Browser(app, account, cpts) for account in accounts]
