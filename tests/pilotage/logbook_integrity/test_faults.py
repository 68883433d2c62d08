"""Sixteen people write at once, and the server is killed ten times under them: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from tests.browser import Browser
from tests.factories import member
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook_integrity.logs import verify
from tests.pilotage.logbook_integrity.serving import Acknowledged, Server, Writer, cookie_of

WRITERS, EACH, KILLS = 16, 60, 10
WHOLE = (3, 7)
"""Of the ten kills, those that take the master too: the server starts again from nothing."""
REPLAYS = 50


@pytest.fixture
def crisis(app: Flask, cpts: Cpts) -> Crisis:
    made = a_crisis(cpts, member(cpts, Role.REFERENT))
    db.session.commit()
    return made


@pytest.fixture
def server(app: Flask, crisis: Crisis, tmp_path: Path) -> Iterator[Server]:
    """The application on the tests' own database, in processes of its own."""
    found = Server(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path / "server.log")
    found.start()
    yield found
    found.kill()


@pytest.fixture
def writers(app: Flask, cpts: Cpts, crisis: Crisis, server: Server) -> list[Writer]:
    """Members of the cell, signed in."""
    accounts = [member(cpts, Role.CELL_MEMBER) for _ in range(WRITERS)]
    db.session.commit()
    browsers = [Browser(app, account, cpts) for account in accounts]
    address = browsers[0].address("cpts.logbook.append", crisis_id=crisis.id)
    found = [Writer(server.port, address, token=one.csrf_token(), cookie=cookie_of(one)) for one in browsers]
    db.session.rollback()
    return found


def kept(crisis: Crisis) -> list[LogbookEntry]:
    db.session.rollback()
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id).order_by(LogbookEntry.number)
    return list(db.session.scalars(query))


def kill_now_and_then(server: Server, said: Acknowledged) -> int:
    """Ten times, as the log grows: not at the very beginning, and never after the end."""
    for rank in range(KILLS):
        while len(said.texts) < (rank + 1) * WRITERS * EACH // (KILLS + 2) and not said.refused:
            time.sleep(0.005)
        if rank in WHOLE:
            server.kill()
            server.start()
        else:
            server.kill_worker()
    return len(said.texts)


def test_nothing_acknowledged_is_lost_or_doubled_however_often_the_server_dies(
    app: Flask, crisis: Crisis, server: Server, writers: list[Writer]
) -> None:
    said = Acknowledged()

    def write(rank: int) -> None:
        for turn in range(EACH):
            writers[rank].keep(uuid.uuid4(), f"Fait {turn} de la personne {rank}", said)
        writers[rank].hang_up()

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        killing = threads.submit(kill_now_and_then, server, said)
        list(threads.map(write, range(WRITERS)))
        acknowledged_at_the_last_kill = killing.result()
    assert said.refused == [], server.log.read_text()
    assert said.again > 0
    assert acknowledged_at_the_last_kill < WRITERS * EACH
    entries = kept(crisis)
    assert [entry.number for entry in entries] == list(range(1, WRITERS * EACH + 1))
    assert {entry.client_key: entry.said.text for entry in entries} == said.texts
    result = verify(app)
    assert result.exit_code == 0, result.output
    assert f"n°\u00a0{WRITERS * EACH}, sceau" in result.output


def test_the_same_key_sent_fifty_times_is_one_entry(app: Flask, crisis: Crisis, writers: list[Writer]) -> None:
    key, someone = uuid.uuid4(), writers[0]
    lines = [Writer(one.port, one.address, someone.cookie, someone.token) for one in writers[: REPLAYS // 5]]
    with ThreadPoolExecutor(len(lines)) as threads:
        answers = list(threads.map(lambda line: [line.send(key, "Alerte reçue") for _ in range(5)], lines))
    assert Counter(status for found in answers for status in found) == {303: REPLAYS}
    assert [(entry.number, entry.said.text) for entry in kept(crisis)] == [(1, "Alerte reçue")]
    assert someone.send(key, "Alerte levée") == 409
    assert writers[1].send(key, "Alerte reçue") == 409
    assert len(kept(crisis)) == 1
    for line in (*lines, *writers):
        line.hang_up()
    assert verify(app).exit_code == 0
