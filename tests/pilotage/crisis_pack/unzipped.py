"""A CPTS whose plan is published, and its crisis pack as who unfolds it finds it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZipFile

from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import operations as publishing
from crisis_plan.publication.rules import PublicationKind
from tests.factories import NOON, TODAY, AccountFactory
from tests.publication.arranged import write_everything

DATED = "_uzege_2026-11-22"
FOLDER = f"kit-de-crise{DATED}"


def publish(app: Flask, cpts: Cpts) -> None:
    """Its plan is complete, and published on the day of the tests."""
    by: Account = AccountFactory()
    write_everything(cpts, by)
    with app.test_request_context():
        publishing.publish(cpts, kind=PublicationKind.PUBLISHED, by=by, at=NOON, today=TODAY)
    db.session.commit()


def files_of(content: bytes) -> dict[str, bytes]:
    """The files of the archive by their path in its one folder."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(f"{FOLDER}/"): archive.read(name) for name in archive.namelist()}


def pages_of(files: Mapping[str, bytes]) -> dict[str, BeautifulSoup]:
    return {path: BeautifulSoup(found, "html.parser") for path, found in files.items() if path.endswith(".html")}


def words_of(content: bytes) -> str:
    """What a PDF says, with plain spaces."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())
