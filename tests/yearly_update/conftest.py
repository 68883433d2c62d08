"""A CPTS whose whole plan is written, and the version in force that it is updated from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from tests.browser import Browser
from tests.factories import NOON, TODAY
from tests.publication.arranged import write_everything
from tests.yearly_update.factories import published

LATER = timedelta(days=200)


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


@pytest.fixture
def base(cpts: Cpts, account: Account) -> Publication:
    """Version 1, published today."""
    write_everything(cpts, account)
    return published(cpts, account)


@pytest.fixture
def later(base: Publication, monkeypatch: pytest.MonkeyPatch) -> tuple[date, datetime]:
    """More than half a year after version 1: what screens take for today."""
    monkeypatch.setattr(clock, "now", lambda: NOON + LATER)
    return TODAY + LATER, NOON + LATER
