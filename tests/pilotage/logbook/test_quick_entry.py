"""Writing down a fact: two fields, and what may follow."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part
from tests.browser import Browser, Page
from tests.factories import CptsFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry
from tests.statements import counted_statements

A_PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 30 + b"IEND"
NAMED = "Mme Durand née le 12/03/1948 est à évacuer"


def write(browser: Browser, crisis: Crisis, text: str, **fields: Any) -> Page:
    typed = {"text": text, "creation_key": str(uuid.uuid4()), **fields}
    return browser.post("cpts.logbook.append", typed, crisis_id=crisis.id)


def written(crisis: Crisis) -> list[LogbookEntry]:
    return list(queries.whole(crisis, Part.MAIN))


def local(cpts: Cpts, minutes_ago: int) -> dict[str, str]:
    at = clock.local(clock.now() - timedelta(minutes=minutes_ago), cpts)
    return {"happened_at_date": f"{at:%Y-%m-%d}", "happened_at_time": f"{at:%H:%M}"}


def test_a_text_alone_is_an_information_noted_now(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Le gymnase est ouvert")
    assert answer.status == 303
    page = answer.follow()
    assert "Entrée n° 1 notée." in page.text
    assert page.texts("#entrees .entry-text") == ["Le gymnase est ouvert"]
    assert page.texts("#entrees .entry-kind") == ["Information"]
    only = written(crisis)[0]
    assert (only.happened_at, only.device_at, only.said.late_reason) == (only.entered_at, None, "")


def test_the_form_of_the_page_is_sent_as_it_is(cell_member: Browser, crisis: Crisis) -> None:
    page = cell_member.get("cpts.logbook.index", crisis_id=crisis.id)
    cell_member.submit(page, "#nouvelle-entree", {"text": "Cellule réunie", "kind": "action_done"})
    assert [(one.number, one.kind.label, one.said.text) for one in written(crisis)] == [
        (1, "Action faite", "Cellule réunie")
    ]


def test_without_a_text_nothing_is_noted(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "   ", origin="L’ARS")
    assert answer.status == 422
    assert answer.texts(".error-summary li") == ["Que se passe-t-il ? : Écrivez le fait en quelques mots."]
    assert answer.html.select_one("[name=origin]")["value"] == "L’ARS"
    assert answer.html.select_one("details.entry-more[open]") is not None
    assert written(crisis) == []


def test_what_is_known_beside_the_fact_is_kept(cell_member: Browser, crisis: Crisis) -> None:
    beside = {
        "origin": "Mme Roux, mairie d’Uzès", "recipient": "Le pilote", "channel": "Téléphone", "quote": "« Ouvrez vite »",
        "analysis": "La salle suffira",
    }  # fmt: skip
    write(cell_member, crisis, "La mairie demande un renfort", kind="request", **beside)
    said = written(crisis)[0].said
    assert {name: getattr(said, name) for name in beside} == beside


def test_the_entered_time_cannot_be_typed(cell_member: Browser, crisis: Crisis) -> None:
    before = clock.now()
    write(cell_member, crisis, "Fait", entered_at="2020-01-01T00:00:00+00:00", number="77")
    only = written(crisis)[0]
    assert only.entered_at >= before
    assert only.number == 1


def test_a_late_fact_asks_why_and_keeps_what_was_typed(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Appel de l’EHPAD", **local(cpts, 40))
    assert answer.status == 422
    reason = answer.html.select_one("[name=late_reason]")
    assert reason.has_attr("autofocus")
    assert reason.find_parent("details") is None
    assert len(answer.html.select("[name=late_reason]")) == 1
    assert answer.texts("#entree-retard-error") == [
        "Erreur : Ce fait date de plus de 15 minutes : dites en quelques mots pourquoi il est noté maintenant."
    ]
    assert answer.html.select_one("[name=text]").get_text().strip() == "Appel de l’EHPAD"
    accepted = cell_member.submit(answer, "#nouvelle-entree", {"late_reason": "personne au clavier"})
    assert accepted.status == 303
    assert accepted.follow().texts("#entree-1 .entry-times strong") == ["saisie tardive : personne au clavier"]


def test_a_gap_of_a_few_minutes_asks_nothing(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    assert write(cell_member, crisis, "Appel", **local(cpts, 10)).status == 303


def test_a_fact_of_the_future_is_refused_beside_its_time(cpts: Cpts, cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Réunion", **local(cpts, -30))
    assert answer.status == 422
    assert answer.texts("#entree-heure-error") == [
        "Erreur : Cette heure est dans l’avenir : le journal note ce qui est arrivé."
    ]


def test_a_day_without_an_hour_is_asked_for_its_hour(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Réunion", happened_at_date="2026-11-20")
    assert answer.texts("#entree-heure-error") == ["Erreur : Ajoutez l’heure à ce jour."]


def test_a_decision_without_a_reason_is_noted_and_marked(cell_member: Browser, crisis: Crisis) -> None:
    write(cell_member, crisis, "Fermer le cabinet", kind="decision")
    write(cell_member, crisis, "Rouvrir", kind="decision", reason="L’eau est revenue", decided_by="Direction – Dr Roux")
    page = cell_member.get("cpts.logbook.index", crisis_id=crisis.id)
    assert page.texts("#entree-1 .badge") == ["Sans raison"]
    assert page.texts("#entree-2 .badge") == []
    assert "Raison : L’eau est revenue" in page.text
    assert "Décidé par : Direction – Dr Roux" in page.text


def test_what_looks_like_a_patient_is_asked_about_once(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, NAMED)
    assert answer.status == 422
    assert cell_member.submit(answer, "#nouvelle-entree", {"is_nobody": "y"}).status == 303
    assert [one.said.text for one in written(crisis)] == [NAMED]


def test_what_a_device_kept_is_never_held_back_but_marked(cell_member: Browser, crisis: Crisis) -> None:
    typed_at = clock.now() - timedelta(hours=2)
    answer = write(cell_member, crisis, NAMED, device_at=typed_at.isoformat())
    assert answer.status == 303
    only = written(crisis)[0]
    assert (only.happened_at, only.device_at) == (typed_at, typed_at)
    shown = answer.follow()
    assert shown.texts("#entree-1 .badge") == ["À vérifier : semble nommer quelqu’un"]
    assert shown.texts("#entree-1 .entry-times strong") == ["saisie tardive : Saisie hors connexion"]
    assert "heure de l’appareil" in shown.text


def test_sent_again_it_is_noted_once(cell_member: Browser, crisis: Crisis) -> None:
    key = str(uuid.uuid4())
    answers = [write(cell_member, crisis, "Une fois", creation_key=key).status for _ in range(3)]
    from_the_queue = write(cell_member, crisis, "Une fois", creation_key=key, device_at=clock.now().isoformat())
    assert [*answers, from_the_queue.status] == [303] * 4
    assert len(written(crisis)) == 1
    assert write(cell_member, crisis, "Autre chose", creation_key=key).status == 409


def test_htmx_leaves_the_field_alone_and_gets_the_form_back_when_refused(cell_member: Browser, crisis: Crisis) -> None:
    typed = {"csrf_token": cell_member.csrf_token(), "creation_key": str(uuid.uuid4())}
    address = cell_member.address("cpts.logbook.append", crisis_id=crisis.id)

    def send(text: str) -> Page:
        return cell_member._request("POST", address, data={**typed, "text": text}, headers={"HX-Request": "true"})

    refused = send("")
    assert (refused.status, refused.html.form["id"], "<html" in refused.source) == (422, "nouvelle-entree", False)
    accepted = send("Fait")
    assert (accepted.status, accepted.content) == (204, b"")


def test_a_document_comes_with_its_entry(cell_member: Browser, crisis: Crisis) -> None:
    page = write(cell_member, crisis, "Photo du gymnase", documents=(io.BytesIO(A_PNG), "gymnase.exe")).follow()
    link = page.html.select_one("#entree-1 .entry-documents a")
    assert link.get_text() == "gymnase.exe.png"
    answer = cell_member.open(link["href"])
    assert answer.content == A_PNG
    assert answer.response.headers["Content-Type"] == "image/png"
    assert answer.response.headers["Cache-Control"] == "private, no-cache"
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    again = cell_member.open(link["href"], headers={"If-None-Match": answer.response.headers["ETag"]})
    assert (again.status, again.content) == (304, b"")


def test_a_file_that_is_no_document_is_named_and_nothing_is_noted(cell_member: Browser, crisis: Crisis) -> None:
    answer = write(cell_member, crisis, "Photo", documents=(io.BytesIO(b"MZ"), "virus.pdf"))
    assert answer.status == 422
    assert "« virus.pdf »" in answer.texts("#entree-documents-error")[0]
    assert written(crisis) == []


def close(crisis: Crisis) -> None:
    crisis.closed_at = clock.now()
    db.session.commit()


def test_what_was_being_typed_when_the_log_was_closed_is_kept_in_the_annex(
    cell_member: Browser, crisis: Crisis
) -> None:
    close(crisis)
    page = write(cell_member, crisis, "Trop tard").follow()
    assert "gardé dans son annexe scellée" in page.text
    assert written(crisis) == []
    assert [entry.said.text for entry in queries.whole(crisis, Part.ANNEX)] == ["Trop tard"]


def test_what_a_device_sends_after_the_closing_goes_to_the_annex(
    cell_member: Browser, author: Account, crisis: Crisis
) -> None:
    an_entry(crisis, author, "Clôture", at=clock.now())
    close(crisis)
    page = write(cell_member, crisis, "Noté à 14 h", device_at=clock.now().isoformat()).follow()
    assert page.texts("#entrees .entry-number") == ["Entrée n° 1"]
    assert page.texts("#annexe-1 .entry-number") == ["Entrée annexe n° 1"]
    assert cell_member.open(page.html.select_one("#annexe-1 a")["href"]).texts("h1") == ["Entrée annexe n° 1"]


def test_a_closed_crisis_is_read_without_any_form(cell_member: Browser, author: Account, crisis: Crisis) -> None:
    an_entry(crisis, author, at=clock.now())
    close(crisis)
    for endpoint, values in (("index", {}), ("entry", {"number": 1}), ("correct", {"number": 1}), ("sheet", {})):
        page = cell_member.get(f"cpts.logbook.{endpoint}", crisis_id=crisis.id, **values)
        assert page.html.select("main form[method=post], main [data-live]") == [], endpoint


def test_the_poller_gives_what_is_new_and_nothing_else(cell_member: Browser, author: Account, crisis: Crisis) -> None:
    for text in ("Un", "Deux", "Trois"):
        an_entry(crisis, author, text, at=clock.now())
    db.session.commit()
    page = cell_member.get("cpts.logbook.index", crisis_id=crisis.id)
    asks = page.html.select_one("[data-live]")["hx-get"]
    assert asks.endswith("after=3")
    with counted_statements() as sent:
        assert cell_member.open(asks, headers={"HX-Request": "true"}).status == 204
    assert len([one for one in sent if one.startswith("SELECT")]) <= 6
    an_entry(crisis, author, "Deux bis", at=clock.now(), corrects=2)
    db.session.commit()
    changes = cell_member.open(asks, headers={"HX-Request": "true"})
    assert changes.html.select_one("[data-live]")["hx-get"].endswith("after=4")
    assert [one["id"] for one in changes.html.select("[hx-swap-oob='afterbegin:#entrees'] > li")] == ["entree-4"]
    assert [one["id"] for one in changes.html.select("li[hx-swap-oob]")] == ["entree-2"]
    assert changes.texts("#entree-2 del") == ["Deux"]


def test_a_page_left_for_long_gets_its_list_anew(cell_member: Browser, author: Account, crisis: Crisis) -> None:
    for rank in range(60):
        an_entry(crisis, author, f"Fait {rank}", at=clock.now())
    db.session.commit()
    changes = cell_member.fragment("cpts.logbook.follow", crisis_id=crisis.id, after=2)
    assert len(changes.html.select("#entrees[hx-swap-oob=true] > li")) == 50


def test_the_token_comes_alone_and_serves(cell_member: Browser, crisis: Crisis) -> None:
    answer = cell_member.get("cpts.logbook.token", crisis_id=crisis.id)
    fresh = answer.html.select_one("input[name=csrf_token]")["value"]
    assert answer.html.find_all(True) == [answer.html.input]
    assert write(cell_member, crisis, "Fait", csrf_token=fresh).status == 303


def test_an_adherent_neither_reads_nor_writes(adherent: Browser, crisis: Crisis) -> None:
    assert adherent.get("cpts.logbook.index", crisis_id=crisis.id).status == 403
    assert write(adherent, crisis, "Fait").status == 403


def test_the_log_of_another_cpts_is_unknown(referent: Browser, author: Account) -> None:
    elsewhere = a_crisis(CptsFactory(), author, at=clock.now())
    an_entry(elsewhere, author, at=clock.now())
    db.session.commit()
    for endpoint, values in (
        ("index", {}), ("follow", {}), ("token", {}), ("entry", {"number": 1}), ("correct", {"number": 1}),
        ("document", {"number": 1, "position": 1}), ("sheet", {}),
    ):  # fmt: skip
        assert referent.get(f"cpts.logbook.{endpoint}", crisis_id=elsewhere.id, **values).status == 404, endpoint
    assert write(referent, elsewhere, "Fait").status == 404
    assert referent.post("cpts.logbook.flag", {}, crisis_id=elsewhere.id, number=1).status == 404
    assert len(written(elsewhere)) == 1
