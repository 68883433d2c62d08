"""Several callers at the same moment: nobody is given to two of them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import member
from tests.pilotage.calls.factories import call_list, person

CALLERS = 6


@pytest.fixture
def callers(app: Flask, cpts: Cpts) -> list[Browser]:
    accounts = [member(cpts, Role.CELL_MEMBER) for _ in range(CALLERS)]
    db.session.commit()
    return [Browser(app, account, cpts) for account in accounts]


def all_at_once(callers: list[Browser], endpoint: str, **values: object) -> list[TestResponse]:
    """Everyone presses the button from a thread of their own, from the same moment."""
    start = Barrier(len(callers))
    address = callers[0].address(endpoint, **values)
    tokens = [caller.csrf_token() for caller in callers]
    db.session.rollback()

    def press(rank: int) -> TestResponse:
        start.wait(timeout=60)
        send = callers[rank].client.post
        fields, headers = {"csrf_token": tokens[rank]}, {"Sec-Fetch-Site": "same-origin"}
        return Context().run(send, address, data=fields, headers=headers, buffered=True)

    with ThreadPoolExecutor(len(callers)) as threads:
        answers = list(threads.map(press, range(len(callers))))
    db.session.expire_all()
    return answers


def test_a_person_pressed_at_once_by_all_is_kept_for_one(callers: list[Browser], cpts: Cpts) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    answers = all_at_once(callers, "cpts.calls.take", list_id=line.list_id, line_id=line.id)
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: CALLERS - 1}
    winner = [answer.status_code for answer in answers].index(303)
    assert callers[winner].account is not None
    assert line.claimed_by_id == callers[winner].account.id
    refused = [answer.get_data(as_text=True) for answer in answers if answer.status_code == 409]
    assert all(f"{callers[winner].account.name} appelle cette personne" in page for page in refused)


def test_the_next_person_asked_for_at_once_is_a_different_one_for_each(callers: list[Browser], cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, f"Nom{n}") for n in range(CALLERS - 1)])
    answers = all_at_once(callers, "cpts.calls.take_next", list_id=listed.id)
    assert Counter(answer.status_code for answer in answers) == {303: CALLERS - 1, 409: 1}
    given = [answer.headers["Location"] for answer in answers if answer.status_code == 303]
    assert len(set(given)) == CALLERS - 1
    assert len({line.claimed_by_id for line in listed.lines}) == CALLERS - 1


def test_changes_made_at_once_each_have_a_number(callers: list[Browser], cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, f"Nom{n}") for n in range(CALLERS)])
    all_at_once(callers, "cpts.calls.take_next", list_id=listed.id)
    assert sorted(line.changed for line in listed.lines) == list(range(1, CALLERS + 1))
    assert listed.last_change == CALLERS
