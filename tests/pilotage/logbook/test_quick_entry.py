"""Writing down a fact: two fields, and what may follow."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries
from tests.browser import Browser, Page
from tests.factories import member
from tests.pilotage.crises.factories import a_crisis


@pytest.fixture
def crisis(app: Flask, cpts: Cpts) -> Crisis:
    made = a_crisis(cpts, member(cpts, Role.REFERENT), at=clock.now())
    db.session.commit()
    return made


def write(browser: Browser, crisis: Crisis, text: str, **fields: Any) -> Page:
    return browser.post(
        "cpts.logbook.append", {"text": text, "creation_key": str(uuid.uuid4()), **fields}, crisis_id=crisis.id
    )


def texts(crisis: Crisis) -> list[str]:
    return [entry.said.text for entry in queries.newest(crisis)]


def test_a_text_alone_is_an_information_noted_now(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Le gymnase est ouvert")
    assert answer.status == 303
    page = answer.follow()
    assert page.texts("#entrees .entry-text") == ["Le gymnase est ouvert"]
    assert page.texts("#entrees .entry-kind") == ["Information"]
