"""What changes in the frame of a crisis: each change is written in its log."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.browser import Browser
from tests.factories import NOON, member
from tests.pilotage.crises.factories import a_crisis

LEVEL = {"level": "Activation totale", "reason": "Deux communes de plus", "decided_by": "Pilote"}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def crisis(referent: Browser, cpts: Cpts) -> Crisis:
    assert referent.account
    found = a_crisis(cpts, referent.account)
    db.session.add(CrisisAlert(crisis_id=found.id, updated_at=NOON))
    db.session.commit()
    return found


def last(crisis: Crisis) -> LogbookEntry:
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id).order_by(LogbookEntry.number.desc())
    return db.session.scalars(query.limit(1)).one()


def count(crisis: Crisis) -> int:
    query = sa.select(sa.func.count()).select_from(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id)
    return db.session.scalar(query) or 0


def test_a_level_changes_with_its_reason_and_who_decided(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.level", crisis_id=crisis.id)
    assert referent.submit(page, fields=LEVEL).status == 303
    entry = last(crisis)
    assert (entry.kind, entry.said.text) == (EntryKind.LEVEL, "Niveau\u00a0: Activation partielle → Activation totale.")
    assert (entry.said.reason, entry.said.decided_by) == (LEVEL["reason"], "Pilote")
    assert crisis.level_name == "Activation totale"


def test_lengths_are_said_in_hours(referent: Browser, crisis: Crisis) -> None:
    crisis.silence_minutes = crisis.report_every_minutes = 240
    db.session.commit()
    assert "rappel après 4 h sans entrée" in referent.get("cpts.room.show", crisis_id=crisis.id).texts("#cadre")[0]
    assert "toutes les 4 h" in referent.get("cpts.room.next_point", crisis_id=crisis.id).text


def test_silence_follows_the_level(referent: Browser, crisis: Crisis) -> None:
    referent.submit(referent.get("cpts.room.level", crisis_id=crisis.id), fields={**LEVEL, "level": "Veille"})
    assert crisis.silence_minutes is None


def test_the_same_level_is_no_change(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.level", crisis_id=crisis.id)
    refused = referent.submit(page, fields={**LEVEL, "level": "Activation partielle"})
    assert (refused.status, count(crisis)) == (422, 0)


def test_a_level_needs_its_reason(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.level", crisis_id=crisis.id)
    assert referent.submit(page, fields={**LEVEL, "reason": ""}).status == 422


def test_of_two_who_change_the_level_the_second_sees_the_first(
    referent: Browser, coordinator: Browser, crisis: Crisis
) -> None:
    pages = [one.get("cpts.room.level", crisis_id=crisis.id) for one in (referent, coordinator)]
    referent.submit(pages[0], fields={**LEVEL, "level": "Veille"})
    refused = coordinator.submit(pages[1], fields=LEVEL)
    assert refused.status == 409
    assert "Veille" in refused.text
    assert "Activation totale" in refused.text
    assert coordinator.submit(refused).status == 303
    assert crisis.level_name == "Activation totale"


def test_the_pen_is_taken_in_one_gesture_and_both_are_named(cell_member: Browser, crisis: Crisis) -> None:
    crisis.pen_account_id, crisis.pen_name = crisis.opened_by_id, "Ada Lune"
    db.session.commit()
    page = cell_member.get("cpts.room.show", crisis_id=crisis.id)
    assert cell_member.submit(page, form="#cadre form").status == 303
    assert cell_member.account
    name = cell_member.account.name
    assert (last(crisis).kind, last(crisis).said.text) == (EntryKind.DUTY, f"La plume passe de Ada Lune à {name}.")
    assert crisis.pen_name == name


def test_the_pen_goes_to_someone_else_and_to_nobody_twice(referent: Browser, cpts: Cpts, crisis: Crisis) -> None:
    other = member(cpts, Role.CELL_MEMBER)
    db.session.commit()
    for _ in range(2):
        referent.post("cpts.room.hand_pen", {"account": str(other.id)}, crisis_id=crisis.id)
    assert (crisis.pen_account_id, count(crisis)) == (other.id, 1)


def test_the_pen_never_goes_to_who_cannot_write(referent: Browser, cpts: Cpts, crisis: Crisis) -> None:
    reader = member(cpts, Role.ADHERENT)
    db.session.commit()
    assert referent.post("cpts.room.hand_pen", {"account": str(reader.id)}, crisis_id=crisis.id).status == 422


def test_the_next_point_is_set_and_said(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.next_point", crisis_id=crisis.id)
    assert page.html.select_one("#next_point_at")["value"] == "2026-11-22T14:00"  # type: ignore[index]
    after = referent.submit(page, fields={"next_point_at": "22/11/2026 15:30"}).follow()
    assert after.texts("[data-flash]") == ["Prochain point : 22/11/2026 à 15:30."]
    assert after.texts("#bref-cadre .badge") == ["dans 2 h 30"]
    assert crisis.next_point_at == datetime.fromisoformat("2026-11-22T14:30+00:00")
    assert last(crisis).said.text == "Prochain point fixé au 22/11/2026 à 15:30."


def test_a_point_in_the_past_is_refused(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.next_point", crisis_id=crisis.id)
    assert referent.submit(page, fields={"next_point_at": "2026-11-22T12:59"}).status == 422


def test_once_stood_down_no_point_is_planned_any_more(referent: Browser, crisis: Crisis) -> None:
    crisis.stood_down_at = NOON
    db.session.commit()
    refused = referent.post("cpts.room.set_next_point", {"next_point_at": "2026-11-22T18:00", "seen_version": "1"},
                            crisis_id=crisis.id)  # fmt: skip
    assert (refused.status, crisis.next_point_at, count(crisis)) == (422, None, 0)
    assert referent.get("cpts.room.next_point", crisis_id=crisis.id).html.select("main form") == []
    room = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert "Fixer le prochain point" not in room.texts("#cadre a")
    assert "Fixer le prochain point de situation" not in room.texts("#premiere-heure a")
    assert "Levée prononcée" in room.texts("#bref-cadre span")
    referent.submit(referent.get("cpts.room.level", crisis_id=crisis.id), fields=LEVEL)
    assert (crisis.level_name, crisis.next_point_at) == ("Activation totale", None)


def test_the_place_is_said(referent: Browser, crisis: Crisis) -> None:
    referent.submit(referent.get("cpts.room.place", crisis_id=crisis.id), fields={"place": "Mairie de Lussan"})
    assert (crisis.place, last(crisis).said.text) == ("Mairie de Lussan", "Lieu de la cellule\u00a0: Mairie de Lussan")


def test_the_alert_is_completed_and_only_what_is_new_is_written(referent: Browser, crisis: Crisis) -> None:
    for typed in ({"hazards": "Fumées"}, {"people": "Une trentaine"}):
        referent.submit(referent.get("cpts.room.alert", crisis_id=crisis.id), fields=typed)
    entry = last(crisis)
    assert (entry.kind, entry.said.text) == (
        EntryKind.ALERT,
        "Alerte complétée\nPersonnes concernées\u00a0: Une trentaine",
    )
    alert = crises.alert(crisis)
    assert alert
    assert (alert.hazards, alert.people) == ("Fumées", "Une trentaine")


def test_an_alert_without_anything_new_writes_nothing(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.room.alert", crisis_id=crisis.id)
    assert (referent.submit(page).status, count(crisis)) == (422, 0)


def test_of_two_who_complete_the_alert_the_second_sees_the_first(
    referent: Browser, coordinator: Browser, crisis: Crisis
) -> None:
    pages = [one.get("cpts.room.alert", crisis_id=crisis.id) for one in (referent, coordinator)]
    referent.submit(pages[0], fields={"hazards": "Fumées"})
    refused = coordinator.submit(pages[1], fields={"hazards": "Vent"})
    assert refused.status == 409
    assert "Fumées" in refused.text


def test_what_the_first_said_of_the_alert_outlives_the_second(
    referent: Browser, coordinator: Browser, crisis: Crisis
) -> None:
    pages = [one.get("cpts.room.alert", crisis_id=crisis.id) for one in (referent, coordinator)]
    heard = {"received_at": "2026-11-22T12:40", "callback": "04 66 00 00 00", "is_callback_checked": "y"}
    referent.submit(pages[0], fields={**heard, "communes": ["30334"], "nature": "Feu"})
    refused = coordinator.submit(pages[1], fields={"nature": "Feu de forêt"})
    stored = dict(zip(refused.texts(".table-cards tbody th"), refused.texts(".table-cards td:last-child"), strict=True))
    assert stored["Reçue le"] == "22/11/2026 à 12:40"
    assert (stored["Numéro de rappel"], stored["Numéro vérifié en rappelant"]) == ("04 66 00 00 00", "vérifié")
    assert (stored["Communes touchées"], stored["Que se passe-t-il"]) == ("Uzès", "Feu")
    assert coordinator.submit(refused).status == 303
    alert = crises.alert(crisis)
    assert alert
    assert (alert.received_at, alert.callback) == (NOON - timedelta(minutes=20), "04 66 00 00 00")
    assert (alert.is_callback_checked, alert.communes, alert.nature) == (True, ["30334"], "Feu de forêt")
    assert last(crisis).said.text == "Alerte complétée\nNature\u00a0: Feu de forêt"


def test_an_hour_kept_to_the_second_is_not_changed_by_who_did_not_touch_it(referent: Browser, crisis: Crisis) -> None:
    alert = crises.alert(crisis)
    assert alert
    alert.received_at = NOON - timedelta(seconds=7)
    db.session.commit()
    referent.submit(referent.get("cpts.room.alert", crisis_id=crisis.id), fields={"hazards": "Vent"})
    assert (alert.received_at, alert.hazards) == (NOON - timedelta(seconds=7), "Vent")


def test_who_gives_the_alert_is_told_among_what_changed_and_so_is_what_is_taken_back(
    referent: Browser, crisis: Crisis
) -> None:
    told = {"sender": "Dr Roux", "body": "ARS", "callback": "04 66 00 00 00", "is_callback_checked": "y"}
    referent.submit(referent.get("cpts.room.alert", crisis_id=crisis.id), fields=told)
    lines = ["De qui : Dr Roux", "Organisme : ARS", "Numéro de rappel : 04 66 00 00 00", "Numéro de rappel : vérifié"]
    assert last(crisis).said.text.replace("\u00a0", " ").split("\n") == ["Alerte complétée", *lines]
    referent.submit(
        referent.get("cpts.room.alert", crisis_id=crisis.id), fields={"is_callback_checked": [], "body": ""}
    )
    lines = ["Organisme : retiré", "Numéro de rappel : à vérifier"]
    assert last(crisis).said.text.replace("\u00a0", " ").split("\n") == ["Alerte complétée", *lines]


def test_a_line_of_the_first_hour_is_ticked_once(referent: Browser, crisis: Crisis) -> None:
    for _ in range(2):
        assert referent.post("cpts.room.tick", crisis_id=crisis.id, line="ars").status == 303
    assert (last(crisis).kind, last(crisis).said.text) == (
        EntryKind.ACTION_DONE,
        "Première heure\u00a0: contact confirmé avec l’ARS.",
    )
    assert count(crisis) == 1
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    (line,) = [one for one in page.texts("#premiere-heure .is-done") if "l’ARS" in one]
    assert "entrée n° 1" in line


def test_a_line_that_does_not_exist_is_not_found(referent: Browser, crisis: Crisis) -> None:
    assert referent.post("cpts.room.tick", crisis_id=crisis.id, line="lune").status == 404


@pytest.mark.parametrize(
    ("endpoint", "fields", "values"),
    [
        ("change_level", {**LEVEL, "seen_version": "1"}, {}),
        ("set_next_point", {"next_point_at": "2026-11-22T18:00", "seen_version": "1"}, {}),
        ("move", {"place": "Ailleurs", "seen_version": "1"}, {}),
        ("complete_alert", {"hazards": "Vent", "seen_version": "1"}, {}),
        ("add_tasks", {}, {}),
        ("tick", {}, {"line": "ars"}),
    ],
)
def test_nothing_changes_in_a_closed_crisis(
    referent: Browser, crisis: Crisis, endpoint: str, fields: dict[str, str], values: dict[str, str]
) -> None:
    crisis.closed_at = NOON + timedelta(hours=1)
    db.session.commit()
    page = referent.post(f"cpts.room.{endpoint}", fields, crisis_id=crisis.id, **values)
    assert page.status == 409
    assert "close" in page.text
    assert count(crisis) == 0


def test_the_page_of_a_closed_crisis_has_no_form_and_asks_for_nothing(referent: Browser, crisis: Crisis) -> None:
    crisis.closed_at = NOON
    db.session.commit()
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert page.html.select("main form, [data-live]") == []


def test_another_cpts_finds_nothing(stranger: Browser, crisis: Crisis) -> None:
    assert stranger.get("cpts.room.show", crisis_id=crisis.id).status == 404
