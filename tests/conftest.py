"""The people of the tests, and the database they share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from crisis_plan import create_app
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.settings import Settings
from tests.browser import Browser
from tests.databases import Database, database
from tests.factories import AccountFactory, CptsFactory, member, reader


@pytest.fixture(scope="session")
def migrated() -> Iterator[tuple[Flask, Database]]:
    """The application on a migrated database: once for the process."""
    with database("each_test") as found:
        app = create_app(Settings(SQLALCHEMY_DATABASE_URI=found.url, TESTING=True, PUBLIC_ADDRESS="http://localhost"))
        found.migrate(app)
        yield app, found
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


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
