"""The people of the tests, and the database they share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, InstitutionKind
from tests.browser import Browser
from tests.databases import Database, copied, forget_shared, shared
from tests.demonstration import migrate, opened
from tests.distribution import ByFile, rank
from tests.factories import AccountFactory, CptsFactory, member, reader

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")  # a property is true or false, however busy the machine is


def pytest_configure(config: pytest.Config) -> None:
    """The folder of the run is there before the processes that share it; files keep the order of `rank`."""
    shared()
    config.option.loadscopereorder = False


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_shared()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not look at it again after every page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def migrated() -> Iterator[tuple[Flask, Database]]:
    """The application on a migrated database: once for the process."""
    with copied("migrated", migrate) as found, opened(found.url) as app:
        yield app, found


@pytest.fixture
def app(migrated: tuple[Flask, Database]) -> Iterator[Flask]:
    """The application, its database empty."""
    application, found = migrated
    with application.app_context():
        found.empty()
        yield application
        db.session.remove()


@pytest.fixture
def cpts(app: Flask) -> Cpts:
    """The CPTS that the test is about."""
    made: Cpts = CptsFactory(slug="uzege", name="Uzège")
    db.session.commit()
    return made


def browser_of(app: Flask, cpts: Cpts, role: Role) -> Browser:
    account = member(cpts, role)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.fixture
def referent(app: Flask, cpts: Cpts) -> Browser:
    return browser_of(app, cpts, Role.REFERENT)


@pytest.fixture
def coordinator(app: Flask, cpts: Cpts) -> Browser:
    return browser_of(app, cpts, Role.COORDINATOR)


@pytest.fixture
def cell_member(app: Flask, cpts: Cpts) -> Browser:
    return browser_of(app, cpts, Role.CELL_MEMBER)


@pytest.fixture
def adherent(app: Flask, cpts: Cpts) -> Browser:
    return browser_of(app, cpts, Role.ADHERENT)


@pytest.fixture
def stranger(app: Flask, cpts: Cpts) -> Browser:
    """A referent, but of another CPTS; looks at the first one's addresses."""
    elsewhere = CptsFactory(slug="ailleurs", name="Ailleurs")
    account = member(elsewhere, Role.REFERENT)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.fixture
def ars_reader(app: Flask, cpts: Cpts) -> Browser:
    account = reader(InstitutionKind.ARS)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.fixture
def cpam_reader(app: Flask, cpts: Cpts) -> Browser:
    account = reader(InstitutionKind.CPAM, departements=("30",))
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.fixture
def operator(app: Flask, cpts: Cpts) -> Browser:
    account = AccountFactory(is_operator=True)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.fixture
def visitor(app: Flask, cpts: Cpts) -> Browser:
    """Signed out."""
    return Browser(app, None, cpts)
