"""Who claims in these tests, and the day."""

from __future__ import annotations

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from tests.browser import Browser
from tests.factories import NOON
from tests.funding.claims.arranged import YEAR_1, a_version, circulate, settle


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


@pytest.fixture
def first(cpts: Cpts, by: Account) -> Publication:
    """The first version of a CPTS whose mission has begun, in everyone's hands."""
    settle(cpts)
    version = a_version(cpts, by, 1, YEAR_1)
    circulate(cpts, by, version)
    db.session.commit()
    return version
