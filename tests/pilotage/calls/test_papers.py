"""What is printed and exported of a call list."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, operations
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from tests.browser import Browser, Page
from tests.factories import NOON, AccountFactory
from tests.pilotage.calls.factories import call_list, line_of, person


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def pdf_pages(page: Page) -> list[str]:
    assert page.status == 200
    return [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(page.content)).pages]


def test_the_proof_is_one_page_and_the_same_bytes_each_time(cell_member: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, f"Nom{n}") for n in range(20)])
    for n in range(18):
        line = line_of(listed, f"Nom{n}".ljust(4)) if n < 2 else listed.lines[n]
        report, at = Report(Outcome.REACHED, comes=n % 2 == 0), NOON + timedelta(minutes=n + 1)
        attempts.record_attempt(line, report, seen_attempts=line.attempts_count, by=AccountFactory(), at=at)
    operations.close(listed, by=AccountFactory(name="Claire Vidal"), at=NOON + timedelta(hours=1))
    db.session.commit()
    first, second = (cell_member.get("cpts.calls.proof", list_id=listed.id) for _ in range(2))
    assert first.content == second.content
    (text,) = pdf_pages(first)
    for said in ("Uzège", "Test de novembre", "Adhérents", "Appel téléphonique", "Claire Vidal", "18 (90", "NOM19"):
        assert said in text.replace("\u00a0", " "), said


@pytest.mark.parametrize(("channel", "said"), [(Channel.TELEPHONE, "Appelés"), (Channel.SMS, "Résultat noté")])
def test_the_proof_counts_as_called_only_whom_somebody_tried(
    cell_member: Browser, cpts: Cpts, channel: Channel, said: str
) -> None:
    listed = call_list(cpts, [person(cpts, f"Nom{n:02}") for n in range(13)], channel=channel)
    for line, outcome in zip(listed.lines, (Outcome.REACHED, Outcome.NO_ANSWER), strict=False):
        attempts.record_attempt(line, Report(outcome), seen_attempts=0, by=AccountFactory(), at=NOON)
    db.session.commit()
    (text,) = pdf_pages(cell_member.get("cpts.calls.proof", list_id=listed.id))
    text = text.replace("\u00a0", " ")
    assert f"{said} Joints" in text
    assert "2 sur 13 1 (7 %)" in text


PROFESSIONS = (
    "Infirmier", "Médecin", "Pharmacien", "Masseur-kinésithérapeute", "Sage-femme", "Chirurgien-dentiste",
    "Orthophoniste", "Pédicure-podologue", "Psychologue", "Opticien-lunetier", "Audioprothésiste", "Ergothérapeute",
    "Technicien de laboratoire médical", "Manipulateur d’électroradiologie médicale",
)  # fmt: skip


@pytest.mark.parametrize(
    ("count", "missed_in", "goes_on"),
    [
        (20, 10, False), (120, 10, True), (250, 10, True), (300, 10, True),
        (20, 1, False), (120, 1, False), (250, 1, True), (300, 1, True),
    ],
)  # fmt: skip
def test_the_first_page_is_the_proof_whatever_the_number_of_people(
    cell_member: Browser, cpts: Cpts, count: int, missed_in: int, goes_on: bool
) -> None:
    """One in ten was not reached, or nobody was: the measures, every profession and the first of them are on page 1."""
    people = [
        person(cpts, f"Longnom{n:03}", phone="", profession=PROFESSIONS[n % len(PROFESSIONS)]) for n in range(count)
    ]
    listed = call_list(cpts, people)
    for n, line in enumerate(listed.lines):
        if n % missed_in:
            line.outcome, line.answered_at = Outcome.REACHED, NOON + timedelta(minutes=n)
    missed = [line.name for n, line in enumerate(listed.lines) if not n % missed_in]
    db.session.commit()
    first, *following = pdf_pages(cell_member.get("cpts.calls.proof", list_id=listed.id))
    first = first.replace("\u00a0", " ")
    for said in ("Ce qui a été mesuré", f"Qui n’a pas été joint : {len(missed)}", f"À appeler : {len(missed)}"):
        assert said in first, said
    assert [name for name in PROFESSIONS if name not in first] == []
    wanted = missed if len(missed) <= 120 else missed[:80]
    assert [name for name in wanted if name not in first] == []
    everywhere = " ".join([first, *following])
    assert [line.name for line in listed.lines if line.name not in everywhere] == []
    assert ("Suite : la liste de chacun" in first) is bool(following) is goes_on
    if len(missed) > 120:
        assert re.search(r"et \d+ autres dans la suite", first)


def test_a_long_message_and_very_many_professions_leave_the_proof_on_its_page(cell_member: Browser, cpts: Cpts) -> None:
    people = [person(cpts, f"Nom{n:03}", profession=f"Profession aux mots nombreux {n:03}") for n in range(90)]
    listed = call_list(cpts, people)
    listed.message = "Une ligne.\n" * 90
    db.session.commit()
    first, *following = pdf_pages(cell_member.get("cpts.calls.proof", list_id=listed.id))
    first = first.replace("\u00a0", " ")
    assert "46 autres professions 0 sur 46" in first
    assert "Qui n’a pas été joint : 90" in first
    assert "Une ligne." in following[0]


def test_the_call_sheet_bears_names_and_numbers(cell_member: Browser, cpts: Cpts) -> None:
    ada = person(cpts, "Ada")
    ada.phones.append(ContactPhone(position=1, number="+33611223355", is_private=True))
    listed = call_list(cpts, [ada, person(cpts, "Bea", phone="")])
    (text,) = pdf_pages(cell_member.get("cpts.calls.call_sheet", list_id=listed.id))
    text = text.replace("\u00a0", " ")
    assert "Feuille d’appel – Test de novembre" in text
    assert "06 11 22 33 44 06 11 22 33 55 (privé)" in text
    assert "sans téléphone" in text


def test_the_spreadsheet_says_everyone_with_result_and_delay(cell_member: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "=Bea")])
    at = NOON + timedelta(minutes=5)
    attempts.record_attempt(
        line_of(listed, "Ada"), Report(Outcome.REACHED, comes=True), seen_attempts=0, by=AccountFactory(), at=at
    )
    db.session.commit()
    text = cell_member.get("cpts.calls.export_csv", list_id=listed.id).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1] == ["Camille ADA", "Infirmier", "Joint", "oui", "", "22/11/2026 à 13:05", "5\u00a0min", "1"]
    assert rows[2][0] == "Camille =BEA"
