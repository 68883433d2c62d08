"""The day of the tests, and who looks at the pages."""

from __future__ import annotations

import pytest
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, member


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.COORDINATOR)


@pytest.fixture
def coordinator(app: Flask, cpts: Cpts, by: Account) -> Browser:
    db.session.commit()
    return Browser(app, by, cpts)
