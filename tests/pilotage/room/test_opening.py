"""Opening a crisis: one page, three answers, and all that follows in one act."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis, CrisisSnapshot
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.browser import Browser, Page
from tests.factories import NOON

THREE = {"title": "Feu de forêt à Lussan", "crisis_type": "ill", "level": "Activation partielle", "mode": "real"}
FOUR_LEVELS = ["Veille", "Pré-alerte", "Activation partielle", "Activation totale"]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def crises(mode: Mode = Mode.REAL) -> list[Crisis]:
    return list(db.session.scalars(sa.select(Crisis).where(Crisis.mode == mode).order_by(Crisis.number)))


def the_crisis(mode: Mode = Mode.REAL) -> Crisis:
    (found,) = crises(mode)
    return found


def log() -> list[LogbookEntry]:
    return list(db.session.scalars(sa.select(LogbookEntry).order_by(LogbookEntry.number)))


def open_page(browser: Browser, **values: object) -> Page:
    return browser.get("cpts.room.new", **values)


def test_three_answers_open_a_crisis_and_lead_to_its_page(cell_member: Browser) -> None:
    page = cell_member.submit(open_page(cell_member), fields=THREE)
    crisis = the_crisis()
    assert page.status == 303
    assert page.location.endswith(f"/crises/{crisis.id}/?prevenir=1")
    assert (crisis.name, crisis.title, crisis.level_name) == ("Crise n°\u00a01", THREE["title"], THREE["level"])
    assert crisis.pen_name == crisis.opened_by_name
    assert page.follow().texts("#entrees .entry-kind")[-1] == "Alerte reçue"


def test_the_log_begins_with_the_alert_then_the_activation(referent: Browser) -> None:
    referent.post("cpts.room.open", {**THREE, "reason": "Le vent tourne", "decided_by": "Pilote"})
    alert, activation = log()[:2]
    assert (alert.kind, activation.kind) == (EntryKind.ALERT, EntryKind.ACTIVATION)
    assert "Feu de forêt à Lussan" in alert.said.text
    assert "Aucune version du plan n’est publiée." in activation.said.text
    assert (activation.said.reason, activation.said.decided_by) == ("Le vent tourne", "Pilote")


def test_what_is_known_of_the_alert_is_kept_and_written(referent: Browser) -> None:
    told = {"received_at": "2026-11-22T11:00", "sender": "Dr Roux", "body": "ARS", "people": "12 brûlés légers"}
    referent.post("cpts.room.open", {**THREE, **told, "communes": ["30334"]})
    alert = log()[0]
    assert alert.happened_at == NOON - timedelta(hours=2)
    assert alert.said.late_reason
    assert alert.said.origin == "Dr Roux, ARS"
    assert "Personnes concernées\u00a0: 12 brûlés légers" in alert.said.text
    assert "Communes\u00a0: Uzès" in alert.said.text


@pytest.mark.parametrize("missing", ["title", "crisis_type", "level"])
def test_each_of_the_three_is_required_and_nothing_else(referent: Browser, missing: str) -> None:
    page = referent.post("cpts.room.open", {name: value for name, value in THREE.items() if name != missing})
    assert page.status == 422
    assert len(page.texts(".error-summary li")) == 1
    assert crises() == []


def test_what_was_typed_stays_in_a_refused_form(referent: Browser) -> None:
    page = referent.post("cpts.room.open", {**THREE, "title": "", "hazards": "Fumées", "crisis_type": "nrc"})
    assert page.texts("textarea[name=hazards]") == ["Fumées"]
    assert page.html.select_one("input[name=crisis_type][checked]")["value"] == "nrc"  # type: ignore[index]
    assert page.html.select("details.opening-more[open]")


def test_an_alert_of_tomorrow_is_refused(referent: Browser) -> None:
    page = referent.post("cpts.room.open", {**THREE, "received_at": "2026-11-23T08:00"})
    assert page.status == 422
    assert "dans l’avenir" in page.text


def test_what_looks_like_a_patient_is_asked_about_once(referent: Browser) -> None:
    typed = {**THREE, "people": "2 84 05 30 189 012 31"}
    assert referent.post("cpts.room.open", typed).status == 422
    assert referent.post("cpts.room.open", {**typed, "is_nobody": "y"}).status == 303


def test_without_a_ladder_four_names_are_offered_and_said_not_official(referent: Browser) -> None:
    page = open_page(referent)
    assert [one["value"] for one in page.html.select("button[name=level]")] == FOUR_LEVELS
    assert "aucun n’est officiel" in page.text


def test_the_ladder_of_the_cpts_gives_silence_pace_and_the_next_point(referent: Browser, cpts: Cpts) -> None:
    level = Level(cpts_id=cpts.id, position=1, name="Rouge", folded_name="rouge", report_every_minutes=30,
                  silence_reminder_minutes=20, created_at=NOON, updated_at=NOON)  # fmt: skip
    db.session.add(level)
    db.session.commit()
    referent.post("cpts.room.open", {**THREE, "level": str(level.id)})
    crisis = the_crisis()
    assert (crisis.level_name, crisis.silence_minutes, crisis.report_every_minutes) == ("Rouge", 20, 30)
    assert crisis.next_point_at == NOON + timedelta(minutes=30)


def test_the_directory_is_frozen_with_its_fingerprint(referent: Browser) -> None:
    referent.post("cpts.room.open", THREE)
    snapshot = db.session.scalars(sa.select(CrisisSnapshot)).one()
    assert [one["title"] for one in snapshot.content["chapters"]][:2] == ["Annuaire", "Cellule de crise"]
    assert snapshot.sha256 in log()[1].said.text


def test_a_second_one_of_the_same_mode_is_asked_about_and_keeps_what_was_typed(referent: Browser) -> None:
    referent.post("cpts.room.open", THREE)
    asked = referent.post("cpts.room.open", {**THREE, "title": "Feu à Lussan", "hazards": "Fumées"})
    assert asked.status == 409
    assert asked.texts("h1")[0].startswith("Déjà ouverte par")
    assert len(crises()) == 1
    opened = referent.submit(asked)
    assert opened.status == 303
    assert [one.title for one in crises()] == [THREE["title"], "Feu à Lussan"]
    assert [one.number for one in crises()] == [1, 2]


def test_after_a_quarter_of_an_hour_another_one_is_another_one(
    referent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    referent.post("cpts.room.open", THREE)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=15))
    assert referent.post("cpts.room.open", THREE).status == 303
    assert len(crises()) == 2


def test_an_exercise_is_no_twin_of_a_crisis_and_is_counted_apart(referent: Browser) -> None:
    referent.post("cpts.room.open", THREE)
    assert referent.post("cpts.room.open", {**THREE, "mode": "exercise"}).status == 303
    assert (the_crisis().name, the_crisis(Mode.EXERCISE).name) == ("Crise n°\u00a01", "Exercice n°\u00a01")


def test_the_same_form_sent_twice_opens_once(referent: Browser) -> None:
    page = open_page(referent)
    first, second = (referent.submit(page, fields=THREE) for _ in range(2))
    assert first.location == second.location
    assert len(crises()) == 1


def test_the_page_of_an_exercise_says_so_before_anything_else(referent: Browser) -> None:
    page = open_page(referent, exercice=1)
    assert page.text.startswith("EXERCICE")
    assert page.html.select_one("input[name=mode]")["value"] == "exercise"  # type: ignore[index]


def test_an_adherent_opens_nothing(adherent: Browser) -> None:
    assert adherent.get("cpts.room.new").status == 403
    assert adherent.post("cpts.room.open", THREE).status == 403
