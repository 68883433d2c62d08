"""The demonstration as a whole, told in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from crisis_plan import clock, create_app
from crisis_plan.db import db
from crisis_plan.demo import story
from crisis_plan.demo.commands import ParisTime
from crisis_plan.settings import Settings
from tests.databases import database


@contextmanager
def demonstration(name: str) -> Iterator[Flask]:
    """An application whose database is migrated and empty, ready for `tell`; `name` is the database's on a server."""
    with database(name) as found:
        app = create_app(
            Settings(SQLALCHEMY_DATABASE_URI=found.url, TESTING=True, DEMO=True, PUBLIC_ADDRESS="http://localhost")
        )
        found.migrate(app)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def tell(app: Flask) -> None:
    """The story of the fictional CPTS, as `flask demo` tells it."""
    with app.test_request_context(base_url=app.config["PUBLIC_ADDRESS"]):
        story.tell(today=clock.today(ParisTime()))
        db.session.commit()
