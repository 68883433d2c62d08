"""The demonstration, told in a database of its own that disappears after the measures."""

from __future__ import annotations

import gc
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from crisis_plan import clock, create_app
from crisis_plan.access import queries
from crisis_plan.db import commit, db
from crisis_plan.demo import people, story
from crisis_plan.settings import ROOT, Settings

ACCOUNTS = ("referent", "ars", "operateur", "adherent")


@contextmanager
def empty_installation() -> Iterator[Flask]:
    """The application as in production (nothing in debug, templates kept), on a migrated temporary SQLite file."""
    with tempfile.TemporaryDirectory(prefix="crisis-plan-bench-") as folder:
        file = Path(folder) / "bench.sqlite3"
        app = create_app(Settings(SQLALCHEMY_DATABASE_URI=f"sqlite:///{file}", DEMO=True))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
        logging.disable(logging.WARNING)
        try:
            yield app
        finally:
            logging.disable(logging.NOTSET)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def accounts_only(app: Flask) -> None:
    """Who acts in the story, before it begins: enough to try the measures."""
    with app.test_request_context():
        people.open_accounts(at=clock.now())
        commit()


@contextmanager
def told_demo() -> Iterator[Flask]:
    """The same, with the whole story of the fictional CPTS."""
    with empty_installation() as app:
        with app.test_request_context():
            story.tell(today=clock.today(clock.PARIS), now=clock.now())
            commit()
        gc.collect()
        gc.freeze()  # as `wsgi.py` does
        yield app


def signed_in(app: Flask, name: str, **beside: str) -> str:
    """The session cookie of this account of the demonstration, as its browser would send it, with this beside."""
    with app.app_context():
        account = queries.account_by_email(f"{name}@demo.example")
        assert account is not None, name
        identity = account.get_id()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = identity
        session["_fresh"] = True
        session.update(beside)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"
