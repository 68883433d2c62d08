"""The day of the tests."""

from __future__ import annotations

import pytest

from crisis_plan import clock
from tests.factories import NOON


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
