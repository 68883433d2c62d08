"""When something breaks, the page says so in French, and the next request works."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.db import db
from tests.browser import Browser

SECRET = "06 39 98 00 42"


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The dashboard fails in the database, as a server would meet it."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app, "testing", False)

    def fail(**_values: object) -> str:
        db.session.execute(sa.text("SELECT * FROM nowhere WHERE secret = :secret"), {"secret": SECRET})
        return ""

    fail.access = app.view_functions["cpts.dashboard.show"].access  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "cpts.dashboard.show", fail)
    return app


def test_a_broken_page_says_so_in_french(broken: Flask, referent: Browser) -> None:
    page = referent.get("cpts.dashboard.show")
    assert page.status == 500
    assert "L’application a rencontré une panne" in page.texts("h1")
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]
    assert referent.get("cpts.plan.show").status == 200


def test_what_is_logged_of_it_names_no_value_and_no_address(
    broken: Flask, referent: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        referent.get("cpts.dashboard.show")
    assert "/cpts/<slug>/" in caplog.text
    assert SECRET not in caplog.text
    assert "/cpts/uzege/" not in caplog.text
