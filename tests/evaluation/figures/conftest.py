"""Somebody who writes and decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.organisations.models import Cpts
from tests.factories import member


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def keeps_mail(app: Flask) -> Iterator[None]:
    """Mail is kept to be read, as in a demonstration: no test sends any."""
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False
