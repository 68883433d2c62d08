"""One entry: its seal, its correction, its flag."""

from __future__ import annotations

import uuid

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.models import EntryFlag
from crisis_plan.pilotage.logbook.rules import Part
from tests.browser import Browser
from tests.pilotage.logbook.factories import an_entry


def two_entries(crisis: Crisis, author: Account) -> None:
    for text in ("Le pont est coupé", "Le pont est gardé"):
        an_entry(crisis, author, text, at=clock.now())
    db.session.commit()


def test_its_page_shows_its_seal_and_the_one_before(crisis: Crisis, author: Account, cell_member: Browser) -> None:
    two_entries(crisis, author)
    second, first = queries.newest(crisis)
    page = cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=2)
    assert page.texts(".facts dd") == [second.seal, first.seal, second.content_digest]
    assert page.html.select_one("#citation").get_text().strip() == (
        f"{crisis.name}, journal de bord, entrée n°\u00a02, information, notée par Ana Ribeiro (sceau {second.seal[:16]})"
    )


def test_a_correction_is_an_entry_that_points_to_the_first(
    crisis: Crisis, author: Account, cell_member: Browser
) -> None:
    two_entries(crisis, author)
    page = cell_member.get("cpts.logbook.correct", crisis_id=crisis.id, number=1)
    assert page.html.select_one("textarea[name=text]").get_text().strip() == "Le pont est coupé"
    typed = {"text": "Le pont est fermé aux camions", "reason": "mal entendu"}
    made = cell_member.submit(page, "main form", typed)
    again = cell_member.submit(page, "main form", typed)
    assert made.location == again.location
    entry = queries.newest(crisis)[0]
    assert (entry.number, entry.corrects, entry.said.reason) == (3, 1, "mal entendu")
    shown = made.follow()
    assert shown.texts("#entree-3 del") == ["Le pont est coupé"]
    assert cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=1).texts(".entry-text del") == [
        "Le pont est coupé"
    ]


def test_a_correction_says_why_and_says_something_else(crisis: Crisis, author: Account, cell_member: Browser) -> None:
    two_entries(crisis, author)
    page = cell_member.get("cpts.logbook.correct", crisis_id=crisis.id, number=1)
    without_reason = cell_member.submit(page, "main form", {"text": "Autre texte"})
    assert (without_reason.status, without_reason.texts("textarea[name=text]")) == (422, ["Autre texte"])
    the_same = cell_member.submit(page, "main form", {"reason": "mal entendu"})
    assert "Ce texte est celui de l’entrée" in the_same.texts(".error-summary")[0]
    assert len(queries.newest(crisis)) == 2


def test_a_flag_is_set_noted_and_taken_off_beside_the_log(
    crisis: Crisis, author: Account, cell_member: Browser
) -> None:
    two_entries(crisis, author)
    page = cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=1)
    flagged = cell_member.submit(page, "main form", {"note": "Qui l’a dit ?"}).follow()
    assert flagged.html.select_one("[name=note]")["value"] == "Qui l’a dit ?"
    cell_member.submit(flagged, "main form", {"note": "Qui l’a vu ?"})
    assert [one.note for one in db.session.query(EntryFlag)] == ["Qui l’a vu ?"]
    for _ in range(2):
        cell_member.submit(flagged, "main form", {"retirer": "1"})
    assert db.session.query(EntryFlag).count() == 0
    assert queries.last_number(crisis) == 2


def test_a_closed_log_is_neither_corrected_nor_flagged(crisis: Crisis, author: Account, cell_member: Browser) -> None:
    two_entries(crisis, author)
    crisis.closed_at = clock.now()
    db.session.commit()
    key = str(uuid.uuid4())
    typed = {"text": "Autre", "reason": "Erreur", "note": "À voir", "creation_key": key}
    for endpoint in ("save_correction", "flag"):
        assert cell_member.post(f"cpts.logbook.{endpoint}", typed, crisis_id=crisis.id, number=1).status == 409
    assert (len(queries.whole(crisis, Part.MAIN)), len(queries.whole(crisis, Part.ANNEX))) == (2, 0)
    assert db.session.query(EntryFlag).count() == 0


def test_a_note_that_looks_like_a_patient_is_asked_about_once(
    crisis: Crisis, author: Account, cell_member: Browser
) -> None:
    two_entries(crisis, author)
    page = cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=1)
    asked = cell_member.submit(page, "main form", {"note": "Mme Durand née le 12/03/1948"})
    assert (asked.status, db.session.query(EntryFlag).count()) == (422, 0)
    assert cell_member.submit(asked, "main form", {"is_nobody": "y"}).status == 303
    assert cell_member.submit(asked, "main form", {"retirer": "1"}).status == 303
    assert db.session.query(EntryFlag).count() == 0


def test_all_that_a_corrected_entry_said_is_struck_out(crisis: Crisis, author: Account, cell_member: Browser) -> None:
    said = {"quote": "« Fermez le pont »", "reason": "La crue monte"}
    an_entry(crisis, author, "Le pont est coupé", at=clock.now(), **said)
    an_entry(crisis, author, "Le pont est gardé", at=clock.now(), corrects=1)
    db.session.commit()
    page = cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=1)
    assert page.texts("#entree-1 del") == ["Le pont est coupé", *said.values()]
