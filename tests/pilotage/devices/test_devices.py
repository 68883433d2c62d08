"""Devices say what they hold: once a second at most, for closing to know, and nothing goes into the logbook."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.devices import operations, queries, rules
from crisis_plan.pilotage.logbook.queries import last_number
from tests.browser import Browser, Page
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis

TELEPHONE, COMPUTER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def crisis(cpts: Cpts, referent: Browser) -> Crisis:
    found = a_crisis(cpts, of(referent))
    db.session.commit()
    return found


def of(browser: Browser) -> Account:
    assert browser.account
    return browser.account


def beat(
    browser: Browser, crisis: Crisis, *, waiting: object = 3, key: object = TELEPHONE, name: str = "Téléphone"
) -> Page:
    fields = {"device_key": str(key), "device_name": name, "waiting": str(waiting)}
    return browser.post("cpts.devices.hear", fields, crisis_id=crisis.id)


def held(crisis: Crisis) -> list[tuple[str, str, int]]:
    return [(one.account_name, one.device_name, one.waiting) for one in queries.unsent(crisis, clock.now())]


def age(crisis: Crisis, by: timedelta) -> None:
    """The devices of this crisis were last heard this much earlier."""
    for one in db.session.query(rules_of()).filter_by(crisis_id=crisis.id):
        one.heard_at -= by
    db.session.commit()


def rules_of() -> type:
    from crisis_plan.pilotage.devices.models import CrisisDevice

    return CrisisDevice


def test_a_device_that_holds_entries_is_named_until_it_holds_none(crisis: Crisis, referent: Browser) -> None:
    assert beat(referent, crisis).status == 204
    assert held(crisis) == [(of(referent).name, "Téléphone", 3)]
    age(crisis, timedelta(seconds=2))
    assert beat(referent, crisis, waiting=0).status == 204
    assert held(crisis) == []


def test_two_devices_of_one_person_are_told_apart(crisis: Crisis, referent: Browser) -> None:
    beat(referent, crisis, waiting=2)
    beat(referent, crisis, waiting=5, key=COMPUTER, name="Ordinateur")
    assert sorted(held(crisis)) == [(of(referent).name, "Ordinateur", 5), (of(referent).name, "Téléphone", 2)]


def test_a_device_is_heard_once_a_second(crisis: Crisis, referent: Browser) -> None:
    assert [beat(referent, crisis, waiting=waiting).status for waiting in (1, 9)] == [204, 429]
    assert held(crisis) == [(of(referent).name, "Téléphone", 1)]


@pytest.mark.parametrize(
    "said", [{"key": "moi"}, {"waiting": -1}, {"waiting": 10_000}, {"waiting": "beaucoup"}, {"waiting": ""}]
)
def test_what_no_device_says_is_refused(crisis: Crisis, referent: Browser, said: dict[str, object]) -> None:
    assert beat(referent, crisis, **said).status == 422
    assert held(crisis) == []


def test_a_device_bears_one_of_a_few_names(crisis: Crisis, referent: Browser) -> None:
    beat(referent, crisis, name="iPhone de Mme Roux, 06 12 34 56 78")
    assert held(crisis) == [(of(referent).name, "Appareil", 3)]


def test_nothing_of_it_is_in_the_logbook(crisis: Crisis, referent: Browser) -> None:
    beat(referent, crisis)
    assert last_number(crisis) == 0


def test_a_closed_crisis_waits_for_no_device(crisis: Crisis, referent: Browser) -> None:
    crisis.closed_at = NOON
    db.session.commit()
    assert beat(referent, crisis).status == 204
    assert held(crisis) == []


def test_one_s_own_devices_are_not_those_of_others(crisis: Crisis, referent: Browser, cell_member: Browser) -> None:
    beat(referent, crisis, waiting=1)
    beat(cell_member, crisis, waiting=4)
    others = queries.unsent_elsewhere(crisis, of(referent).id, clock.now())
    assert [(one.account_name, one.waiting) for one in others] == [(of(cell_member).name, 4)]


def test_the_longest_silent_comes_first_and_how_long_is_known(crisis: Crisis, referent: Browser) -> None:
    for minutes, key in ((5, TELEPHONE), (90, COMPUTER)):
        at = NOON - timedelta(minutes=minutes)
        operations.hear(crisis, device_key=key, name="Tablette", waiting=minutes, by=of(referent), at=at)
    found = queries.unsent(crisis, NOON)
    assert [(one.waiting, one.silent_for) for one in found] == [
        (90, timedelta(minutes=90)),
        (5, timedelta(minutes=5)),
    ]


def test_a_clock_set_back_silences_nobody() -> None:
    class Device:
        heard_at = NOON

    assert rules.speaks_too_often(Device(), NOON + timedelta(milliseconds=400))
    assert not rules.speaks_too_often(Device(), NOON + timedelta(seconds=1))
    assert not rules.speaks_too_often(Device(), NOON - timedelta(minutes=3))
