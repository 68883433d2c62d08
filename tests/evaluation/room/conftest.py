"""Who opens the debriefs of these tests."""

from __future__ import annotations

import pytest

from crisis_plan.access.models import Account
from tests.browser import Browser


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account
