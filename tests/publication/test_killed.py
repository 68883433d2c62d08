"""The process that publishes is killed for good: all of the version is there, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.db import db
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.settings import ROOT
from crisis_plan.yearly_update.signatures.models import Signature
from tests.browser import Browser
from tests.evaluation.improvements.factories import an_improvement
from tests.publication.arranged import write_everything
from tests.publication.publishing_alone import KEPT, WRITTEN
from tests.yearly_update.factories import published, signed


def publish_until(app: Flask, moment: str, *ids: object, log: Path) -> None:
    """Publish in another process, and `kill -9` it once it is there."""
    settings = {**os.environ, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"]}
    command = [sys.executable, "-m", "tests.publication.publishing_alone", *map(str, ids), moment]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        assert process.stdout
        assert process.stdout.readline().decode().strip() == moment, log.read_text()
        process.kill()
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(("moment", "versions"), [(WRITTEN, 1), (KEPT, 2)])
def test_a_publication_killed_leaves_all_or_nothing(
    app: Flask, referent: Browser, cpts: Cpts, tmp_path: Path, moment: str, versions: int
) -> None:
    account = referent.account
    assert account
    write_everything(cpts, account)
    published(cpts, account)
    an_improvement(cpts, account, state=ImprovementState.DONE)
    signed(cpts, account, ["section:alerte"])
    ids = cpts.id, account.id
    db.session.rollback()
    publish_until(app, moment, *ids, log=tmp_path / "log")
    is_there = versions == 2
    assert db.session.scalars(sa.select(Publication.number).order_by(Publication.number)).all() == [1, 2][:versions]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PublicationFile)) == 2 * versions
    for link in (Signature.printed_in_id, Improvement.publication_id):
        assert [one is not None for one in db.session.scalars(sa.select(link))] == [is_there]
    told = sa.select(sa.func.count()).select_from(HistoryEvent).where(HistoryEvent.verb == Verb.PUBLISHED)
    assert db.session.scalar(told) == versions
    assert published(cpts, account).number == versions + 1
