"""The one rule that a request is a transaction: when it begins, when it takes the lock, what follows its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask, Response, g, request

from crisis_plan import sqlite
from crisis_plan.db import READING_METHODS, db
from crisis_plan.sqlite import takes_the_lock


def take_the_lock_to_write(app: Flask) -> None:
    """A request that will write takes the lock once its body is here, and who sends it is known.

    Installed last of what runs before a view: a photo that drips in from a bad network must make nobody wait. What was
    read until then is kept as it is; an operation reads again, with `hold`, what it is about to change.
    """

    @app.before_request
    def wait_for_ones_turn() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.method in READING_METHODS or getattr(view, "is_slow", False):
            return
        request.form  # noqa: B018  (parsed here at the latest)
        session = db.session()
        session.expire_on_commit = False
        session.commit()
        session.expire_on_commit = True
        takes_the_lock.set(True)


def one_request_is_one_transaction(app: Flask) -> None:
    """A writing request answered 2xx or 3xx is committed; anything else, and every GET, is rolled back."""

    @app.before_request
    def begin_by_reading() -> None:
        takes_the_lock.set(False)

    @app.after_request
    def commit_what_succeeded(response: Response) -> Response:
        if request.method not in READING_METHODS and response.status_code < 400:
            db.session.commit()
            for act in g.pop("after_commit", []):
                response.call_on_close(partial(_do_after, app, act))
        else:
            db.session.rollback()
        return response

    @app.teardown_request
    def forget_the_lock(_error: BaseException | None) -> None:
        takes_the_lock.set(False)


def after_commit(act: Callable[[], object]) -> None:
    """Do this once the request's transaction is durable and its answer has left (sending mail, never before)."""
    g.setdefault("after_commit", []).append(act)


def _do_after(app: Flask, act: Callable[[], object]) -> None:
    """What follows an acknowledged write never breaks it: trouble is logged."""
    with app.app_context():
        try:
            act()
        except Exception:
            app.logger.exception("after the answer")


def install(app: Flask) -> None:
    """Bind the application to its database."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            sqlite.install(engine)
    one_request_is_one_transaction(app)
