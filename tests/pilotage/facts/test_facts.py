"""The three dated facts: recorded apart, corrected by addition, never inferred."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import queries
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import verification
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from tests.browser import Browser, Page
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis

PDF = b"%PDF-1.4\n%%EOF\n"
NOW_LOCAL = "2026-11-22T13:00"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def crisis(referent: Browser, cpts: Cpts) -> Crisis:
    assert referent.account
    found = a_crisis(cpts, referent.account)
    db.session.commit()
    return found


def record(browser: Browser, crisis: Crisis, kind: str, **typed: object) -> Page:
    page = browser.get("cpts.facts.new", crisis_id=crisis.id, kind=kind)
    return browser.submit(page, fields={"body": "ARS Occitanie", **typed})


def facts() -> list[CrisisFact]:
    return list(db.session.scalars(sa.select(CrisisFact).order_by(CrisisFact.recorded_at, CrisisFact.id)))


def entry(fact: CrisisFact) -> LogbookEntry:
    return db.session.get_one(LogbookEntry, fact.entry_id)


def verified(crisis: Crisis) -> str:
    """What reading its logbook again finds wrong."""
    (log,) = verification.logs(crisis.id)
    return verification.read_again(log).wrong


def strip(crisis: Crisis) -> dict[FactKind, list[str]]:
    return {one.kind: [fact.body for fact in one.stands] for one in queries.strip(crisis)}


def test_each_fact_is_an_entry_of_its_kind(cell_member: Browser, crisis: Crisis) -> None:
    for kind in ("orsan", "demande", "reconnaissance"):
        assert record(cell_member, crisis, kind).status == 303
    assert {fact.kind: entry(fact).kind for fact in facts()} == {
        FactKind.ORSAN: EntryKind.INFORMATION,
        FactKind.REQUEST: EntryKind.REQUEST,
        FactKind.RECOGNITION: EntryKind.INFORMATION,
    }


def test_no_fact_is_inferred_from_another(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "orsan", orsan_plans=["amavi", "nrc"])
    record(referent, crisis, "demande")
    assert strip(crisis)[FactKind.RECOGNITION] == []
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert page.texts("#trois-faits .fact:not(.is-recorded)") == [
        "Crise sanitaire grave reconnue Aucune reconnaissance consignée Consigner : Crise sanitaire grave reconnue"
    ]
    assert "AMAVI, NRC" in entry(next(one for one in facts() if one.kind is FactKind.ORSAN)).said.text


def test_the_form_of_the_recognition_says_what_hangs_on_it(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.facts.new", crisis_id=crisis.id, kind="reconnaissance")
    assert "Seule une autorité" in page.text
    assert "Le financement de crise en dépend" in page.text
    assert page.html.select("input[name=orsan_plans]") == []


def test_the_document_is_kept_by_the_entry(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance", document=(io.BytesIO(PDF), "arrêté.pdf"), text="Arrêté 2026-1")
    (fact,) = facts()
    assert [one["file_name"] for one in entry(fact).said.attachments] == ["arrêté.pdf"]
    assert "arrêté.pdf" in referent.get("cpts.facts.index", crisis_id=crisis.id).text


def test_what_is_no_document_is_refused_and_the_text_stays(referent: Browser, crisis: Crisis) -> None:
    page = record(referent, crisis, "demande", document=(io.BytesIO(b"MZ"), "x.pdf"), text="Ouvrir un centre")
    assert (page.status, facts()) == (422, [])
    assert page.texts("textarea[name=text]") == ["Ouvrir un centre"]


def test_a_fact_of_this_morning_needs_a_reason_for_its_lateness(referent: Browser, crisis: Crisis) -> None:
    late = {"happened_at": "2026-11-22T08:00"}
    page = record(referent, crisis, "demande", **late)
    assert page.status == 422
    assert page.html.select("#late_reason-error")
    assert record(referent, crisis, "demande", **late, late_reason="Appel au cabinet").status == 303
    assert entry(facts()[0]).said.late_reason == "Appel au cabinet"


def test_a_fact_of_tomorrow_is_refused(referent: Browser, crisis: Crisis) -> None:
    page = record(referent, crisis, "demande", happened_at="2026-11-23T08:00")
    assert page.status == 422
    assert page.html.select("#happened_at-error")


def test_a_correction_is_added_and_both_are_read(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "demande")
    (wrong,) = facts()
    page = referent.get("cpts.facts.correct", crisis_id=crisis.id, fact_id=wrong.id)
    referent.submit(page, fields={"body": "Préfecture"})
    assert strip(crisis)[FactKind.REQUEST] == ["Préfecture"]
    shown = referent.get("cpts.facts.index", crisis_id=crisis.id)
    assert shown.texts(".is-replaced s") == ["22/11/2026 à 13:00, ARS Occitanie"]
    correction = next(one for one in facts() if one.corrects_id)
    assert (entry(correction).kind, entry(correction).corrects) == (EntryKind.CORRECTION, entry(wrong).number)


def test_a_withdrawal_says_why_and_leaves_the_strip_empty(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance")
    (wrong,) = facts()
    page = referent.get("cpts.facts.confirm_withdrawal", crisis_id=crisis.id, fact_id=wrong.id)
    assert referent.submit(page, fields={"reason": ""}).status == 422
    referent.submit(page, fields={"reason": "Communiqué mal lu"})
    assert strip(crisis)[FactKind.RECOGNITION] == []
    assert "Communiqué mal lu" in referent.get("cpts.facts.index", crisis_id=crisis.id).text


def test_of_two_corrections_of_one_saying_the_second_is_refused(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "demande")
    (wrong,) = facts()
    pages = [referent.get("cpts.facts.correct", crisis_id=crisis.id, fact_id=wrong.id) for _ in range(2)]
    referent.submit(pages[0], fields={"body": "Préfecture"})
    assert referent.submit(pages[1], fields={"body": "SAMU"}).status == 409
    assert strip(crisis)[FactKind.REQUEST] == ["Préfecture"]


def test_the_same_form_sent_twice_records_once(referent: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.facts.new", crisis_id=crisis.id, kind="demande")
    for _ in range(2):
        assert referent.submit(page, fields={"body": "ARS"}).status == 303
    assert len(facts()) == 1


def close(crisis: Crisis, referent: Browser) -> None:
    """Its last entry, then the seal."""
    assert referent.account
    append_entry(crisis, Written(EntryKind.CLOSING, "Journal clos."), by=referent.account, at=NOON)
    crisis.closed_at, crisis.closed_by_id = NOON, referent.account.id
    db.session.commit()


def test_a_recognition_that_comes_after_the_closing_is_recorded_in_the_annex(referent: Browser, crisis: Crisis) -> None:
    close(crisis, referent)
    room = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert room.links("#trois-faits a")["Consigner : Crise sanitaire grave reconnue"]
    record(referent, crisis, "reconnaissance", document=(io.BytesIO(PDF), "arrêté.pdf"))
    (fact,) = facts()
    assert (entry(fact).part, entry(fact).number) == (Part.ANNEX, 1)
    (shown,) = referent.get("cpts.room.show", crisis_id=crisis.id).texts("#trois-faits .is-recorded")
    assert "consigné après la clôture, le 22/11/2026 à 13:00" in shown
    assert "acte joint à l’ entrée annexe n° 1" in shown
    assert verified(crisis) == ""


def test_a_fact_is_corrected_after_the_closing_and_that_correction_too(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance")
    close(crisis, referent)
    for body in ("Préfecture", "Préfecture du Gard"):
        (standing,) = next(one for one in queries.strip(crisis) if one.kind is FactKind.RECOGNITION).stands
        page = referent.get("cpts.facts.correct", crisis_id=crisis.id, fact_id=standing.id)
        assert referent.submit(page, fields={"body": body}).status == 303
    assert strip(crisis)[FactKind.RECOGNITION] == ["Préfecture du Gard"]
    first, second = (entry(one) for one in sorted(facts(), key=lambda one: entry(one).number) if one.was_after_closing)
    assert (first.corrects, second.corrects) == (1, None)
    assert second.said.text.startswith("Fait corrigé (annexe n°\u00a01)")
    assert verified(crisis) == ""


def test_a_fact_is_withdrawn_after_the_closing(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance")
    (wrong,) = facts()
    close(crisis, referent)
    page = referent.get("cpts.facts.confirm_withdrawal", crisis_id=crisis.id, fact_id=wrong.id)
    assert referent.submit(page, fields={"reason": "Communiqué mal lu"}).status == 303
    assert strip(crisis)[FactKind.RECOGNITION] == []


def test_correcting_a_word_keeps_the_act(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance", document=(io.BytesIO(PDF), "arrêté.pdf"))
    (wrong,) = facts()
    page = referent.get("cpts.facts.correct", crisis_id=crisis.id, fact_id=wrong.id)
    referent.submit(page, fields={"body": "Préfecture"})
    (recognised,) = (one for one in queries.strip(crisis) if one.kind is FactKind.RECOGNITION)
    assert recognised.latest
    act = recognised.acts[recognised.latest.id]
    assert (act.id, [one["file_name"] for one in act.entry.said.attachments]) == (wrong.id, ["arrêté.pdf"])
    shown = referent.get("cpts.facts.index", crisis_id=crisis.id).texts(".facts-said li:not(.is-replaced)")
    assert ["arrêté.pdf" in one and "acte joint à l’ entrée n° 1" in one for one in shown] == [True]
    assert "acte joint à l’ entrée n° 1" in referent.get("cpts.room.show", crisis_id=crisis.id).text


def test_another_act_takes_the_place_of_the_first(referent: Browser, crisis: Crisis) -> None:
    record(referent, crisis, "reconnaissance", document=(io.BytesIO(PDF), "projet.pdf"))
    (wrong,) = facts()
    page = referent.get("cpts.facts.correct", crisis_id=crisis.id, fact_id=wrong.id)
    referent.submit(page, fields={"body": "Préfecture", "document": (io.BytesIO(PDF), "signé.pdf")})
    (recognised,) = (one for one in queries.strip(crisis) if one.kind is FactKind.RECOGNITION)
    assert recognised.latest
    assert recognised.acts[recognised.latest.id] is recognised.latest


def test_another_cpts_and_another_crisis_find_no_fact(
    referent: Browser, stranger: Browser, cpts: Cpts, crisis: Crisis
) -> None:
    record(referent, crisis, "demande")
    assert referent.account
    other = a_crisis(cpts, referent.account, title="Autre")
    db.session.commit()
    (fact,) = facts()
    assert stranger.get("cpts.facts.index", crisis_id=crisis.id).status == 404
    assert referent.get("cpts.facts.correct", crisis_id=other.id, fact_id=fact.id).status == 404
    assert referent.get("cpts.facts.new", crisis_id=crisis.id, kind="lune").status == 404
