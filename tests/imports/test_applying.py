"""An import is applied once, without making others wait, and forgets what it was told."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from threading import Barrier
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory import arrivals as directory
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.stock import arrivals as stock
from crisis_plan.anticipation.stock.models import StockBatch
from crisis_plan.db import db, write_apart
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.imports.cli import purge
from crisis_plan.imports.models import ImportReport
from tests.browser import Browser, Page
from tests.factories import NOON, member

CONTACTS = (
    "Nom;Prénom;Type;Commune;Téléphone;Note\n".encode()
    + (
        "Martin;Léa;Professionnel;Uzès;04 65 71 00 01;Clé sous le pot\n"
        "Durand;Max;Professionnel;Uzès;12;Voisin de Léa\n"
        ";Zoé;Professionnel;Uzès;04 65 71 00 03;Sans nom\n"
        "Martin;Léa;Professionnel;Uzès;04 65 71 00 04;Encore elle\n"
    ).encode()
)
STOCK = "Désignation;Quantité;Lieu\nGants;10;Uzès\nGants;20;Aramon\nMasques;5;Uzès\n".encode()
FILES = [("directory", directory, CONTACTS, Contact, 2), ("stock", stock, STOCK, StockBatch, 3)]
IN_BOTH = pytest.mark.parametrize(("room", "arrivals", "content", "model", "expected"), FILES)


def preview(browser: Browser, room: str, content: bytes) -> Page:
    return browser.post(f"cpts.{room}.read_import", {"file": (io.BytesIO(content), "f.csv")}).follow()


def report() -> ImportReport:
    return db.session.scalars(sa.select(ImportReport)).one()


def count(model: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@IN_BOTH
def test_a_preview_that_six_people_apply_at_once_comes_in_once(
    referent: Browser, room: str, arrivals: ModuleType, content: bytes, model: type[Any], expected: int
) -> None:
    address = preview(referent, room, content).response.request.path
    assert referent.cpts is not None
    accounts = [member(referent.cpts, Role.COORDINATOR) for _ in range(6)]
    db.session.commit()
    people = [Browser(referent.app, account, referent.cpts) for account in accounts]
    tokens, start = [person.csrf_token() for person in people], Barrier(6)
    db.session.rollback()

    def apply(rank: int) -> int:
        start.wait(timeout=60)
        headers = {"Sec-Fetch-Site": "same-origin"}
        send = people[rank].client.post
        return Context().run(send, address, data={"csrf_token": tokens[rank]}, headers=headers).status_code

    with ThreadPoolExecutor(6) as threads:
        assert Counter(threads.map(apply, range(6))) == {303: 6}
    assert count(model) == expected


@IN_BOTH
def test_others_write_while_an_import_is_made_ready(
    referent: Browser,
    monkeypatch: pytest.MonkeyPatch,
    room: str,
    arrivals: ModuleType,
    content: bytes,
    model: type[Any],
    expected: int,
) -> None:
    make_ready = arrivals._made_ready

    def someone_else_writes(session: Session) -> None:
        session.add(HistoryEvent(at=NOON, verb=Verb.CHANGED, subject="meanwhile", subject_id="1"))

    def made_ready(*arguments: object) -> object:
        write_apart(someone_else_writes)
        return make_ready(*arguments)

    monkeypatch.setattr(arrivals, "_made_ready", made_ready)
    page = referent.submit(preview(referent, room, content), "main form")
    assert page.status == 303
    assert count(model) == expected
    assert db.session.scalar(sa.select(HistoryEvent.subject).where(HistoryEvent.subject == "meanwhile"))


@IN_BOTH
def test_what_joins_while_an_import_is_made_ready_is_left_out(
    referent: Browser,
    monkeypatch: pytest.MonkeyPatch,
    room: str,
    arrivals: ModuleType,
    content: bytes,
    model: type[Any],
    expected: int,
) -> None:
    first, second = preview(referent, room, content), preview(referent, room, content)
    make_ready, calls = arrivals._made_ready, []

    def made_ready(*arguments: Sequence[object]) -> object:
        calls.append(arguments)
        ready = make_ready(*arguments)
        if len(calls) == 1:
            referent.submit(second, "main form")
        return ready

    monkeypatch.setattr(arrivals, "_made_ready", made_ready)
    assert referent.submit(first, "main form").status == 303
    assert count(model) == expected


def test_once_applied_the_report_keeps_nothing_of_who_came_in(referent: Browser) -> None:
    page = referent.submit(preview(referent, "directory", CONTACTS), "main form").follow()
    kept = json.dumps(report().lines, ensure_ascii=False)
    assert "Martin" not in kept
    assert "Clé" not in kept
    assert "04 65 71 00 01" not in kept
    assert [name.split()[-1] for name in page.texts("tbody th")] == ["Importée", "Durand", "Zoé", "–"]
    assert [line["values"] for line in report().lines] == [{}] * 4


def test_the_lines_to_redo_stay_thirty_days_with_their_reasons(referent: Browser) -> None:
    page = referent.submit(preview(referent, "directory", CONTACTS), "main form").follow()
    redo = page.links()["Télécharger les lignes à reprendre (CSV)"]
    report().applied_at = NOON
    db.session.commit()
    assert purge(NOON + timedelta(days=30)) == 0
    text = referent.open(redo).content.decode("utf-8-sig")
    assert "Voisin de Léa" in text
    assert "Le nom manque." in text
    assert purge(NOON + timedelta(days=31)) == 1
    db.session.commit()
    assert referent.open(redo).content.decode("utf-8-sig").splitlines() == ["Motif"]
    kept = json.dumps(report().lines, ensure_ascii=False) + json.dumps(report().headings)
    assert not any(typed in kept for typed in ("Durand", "Zoé", "Uzès", "12", "Note"))
    emptied = referent.open(str(page.response.request.path))
    assert "2 lignes importées" in emptied.text
    assert "Télécharger" not in emptied.text
    assert purge(NOON + timedelta(days=60)) == 0


def test_a_preview_that_nobody_applies_is_deleted_after_thirty_days(referent: Browser) -> None:
    address = preview(referent, "directory", CONTACTS).response.request.path
    report().read_at = NOON
    db.session.commit()
    assert purge(NOON + timedelta(days=30)) == 0
    assert purge(NOON + timedelta(days=31)) == 1
    db.session.commit()
    assert referent.open(address).status == 404
