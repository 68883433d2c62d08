"""What the CPTS wants while it prepares, what it asked, and what a ceiling is called everywhere."""

from __future__ import annotations

import pytest

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.funding.lines import ClaimState
from crisis_plan.funding.models import Claim
from crisis_plan.funding.room import room
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts import queries
from crisis_plan.publication.models import Publication
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY
from tests.funding.claims.arranged import begin, recognise, submit, the_claim
from tests.pilotage.crises.factories import a_crisis


@pytest.fixture
def crisis(cpts: Cpts, by: Account, first: Publication) -> Crisis:
    """Recognised; its line pays up to 37 500 €."""
    made = a_crisis(cpts, by)
    recognise(made, by)
    db.session.commit()
    return made


@pytest.fixture
def claim(referent: Browser, crisis: Crisis) -> Claim:
    return begin(referent, f"crisis-{crisis.id}")


def want(browser: Browser, claim: Claim, **typed: str) -> Page:
    return browser.submit(browser.get("cpts.claims.edit", claim_id=claim.id), fields=typed)


def ask_complement(browser: Browser, claim: Claim) -> None:
    page = browser.get("cpts.claims.answer", claim_id=claim.id, what="complement")
    assert browser.submit(page, fields={"reason": "Le bilan"}).status == 303


def test_an_amount_being_prepared_is_not_asked_and_is_counted_once(referent: Browser, claim: Claim, cpts: Cpts) -> None:
    assert want(referent, claim, wanted="30 000").status == 303
    assert (the_claim().wanted_cents, the_claim().asked_cents) == (30_000_00, None)
    total = room(cpts, TODAY).total
    assert (total.asked, total.possible) == (0, 25_000_00 + 37_500_00)
    submit(referent, claim, without_missing="y")
    total = room(cpts, TODAY).total
    assert (the_claim().asked_cents, total.asked, total.possible) == (30_000_00, 30_000_00, 25_000_00)


def test_the_caisse_reads_and_checks_against_what_was_submitted_last(
    referent: Browser, claim: Claim, cpam_reader: Browser
) -> None:
    submit(referent, claim, without_missing="y")
    ask_complement(cpam_reader, claim)
    want(referent, claim, wanted="20 000")
    decision = cpam_reader.get("cpts.claims.answer", claim_id=claim.id, what="decision")
    for page in (cpam_reader.get("cpts.funding.index"), cpam_reader.get("regional.submitted_claims"), decision):
        assert "jusqu’à 37 500 €" in page.text
        assert "20 000" not in page.text
    over = cpam_reader.submit(decision, fields={"outcome": "accepted", "amount": "37 501"})
    assert "C’est plus que ce qui est demandé, 37 500 €" in over.text
    assert cpam_reader.submit(decision, fields={"outcome": "accepted", "amount": "30 000"}).status == 303
    assert the_claim().agreed_cents == 30_000_00


@pytest.mark.parametrize(("typed", "asked"), [("", 52_500_00), ("37 500", 52_500_00), ("30 000", 30_000_00)])
def test_after_a_complement_the_ceiling_of_the_day_applies_unless_less_was_wanted(
    referent: Browser, claim: Claim, cpts: Cpts, cpam_reader: Browser, typed: str, asked: int
) -> None:
    want(referent, claim, wanted=typed)
    submit(referent, claim, without_missing="y")
    ask_complement(cpam_reader, claim)
    cpts.stated_size = Size.T2
    db.session.commit()
    submit(referent, claim, without_missing="y")
    assert [one.amount_cents for one in the_claim().revisions] == [min(asked, 37_500_00), asked]
    assert the_claim().asked_cents == asked


def test_a_note_is_kept_while_the_line_is_refused_and_so_is_what_was_wanted(
    referent: Browser, claim: Claim, crisis: Crisis, by: Account
) -> None:
    want(referent, claim, wanted="30 000")
    (fact,) = queries.facts(crisis)
    facts.withdraw(crisis, fact, reason="Erreur", by=by, at=NOON)
    db.session.commit()
    page = referent.get("cpts.claims.edit", claim_id=claim.id)
    assert page.html.select_one("[name=wanted]") is None
    assert referent.submit(page, fields={"note": "L’arrêté est demandé."}).status == 303
    assert (the_claim().note, the_claim().wanted_cents) == ("L’arrêté est demandé.", 30_000_00)


def test_a_ceiling_is_said_wherever_it_is_shown(referent: Browser, claim: Claim, cpam_reader: Browser) -> None:
    done = submit(referent, claim, without_missing="y").follow()
    assert "révision 1 : jusqu’à 37 500 €." in done.text
    steps = done.texts("#etapes ~ ol li")  # both of one instant here: in no order
    assert any(one.startswith("Déposée le 22 novembre 2026 : jusqu’à 37 500 €, révision 1") for one in steps)
    year = referent.get("cpts.funding.index").texts(".table-cards tr")
    assert [line for line in year if "37 500 €" in line] == [line for line in year if "jusqu’à 37 500 €" in line] != []
    page = cpam_reader.get("cpts.claims.answer", claim_id=claim.id, what="decision")
    cpam_reader.submit(page, fields={"outcome": "accepted", "amount": "30 000"})
    assert the_claim().state is ClaimState.ACCEPTED
    told = cpam_reader.get("cpts.claims.show", claim_id=claim.id)
    assert "Demandé jusqu’à 37 500 € Accordé 30 000 €" in told.text


def test_a_claim_taken_back_is_folded_with_its_reason_and_asks_nothing_any_more(
    referent: Browser, claim: Claim, cpts: Cpts
) -> None:
    submit(referent, claim, without_missing="y")
    page = referent.get("cpts.claims.ask_take_back", claim_id=claim.id)
    assert referent.submit(page, fields={"reason": "Déposée trop tôt"}).status == 303
    page = referent.get("cpts.funding.index")
    assert page.texts("main summary")[-1] == "Demandes abandonnées ou retirées (1)"
    (told,) = page.texts("main summary ~ .rows > li")
    assert "Retirée le 22 novembre 2026" in told
    assert told.endswith(" : Déposée trop tôt")
    total = room(cpts, TODAY).total
    assert (total.asked, total.possible) == (0, 25_000_00 + 37_500_00)


def test_a_sum_chosen_below_the_ceiling_is_exact_wherever_it_is_shown(
    referent: Browser, claim: Claim, cpam_reader: Browser
) -> None:
    want(referent, claim, wanted="20 000")
    done = submit(referent, claim, without_missing="y").follow()
    told = [cpam_reader.get("cpts.claims.show", claim_id=claim.id), cpam_reader.get("cpts.funding.index")]
    for page in (done, *told, cpam_reader.get("regional.submitted_claims"), referent.get("cpts.funding.index")):
        assert "20 000 €" in page.text
        assert "jusqu’à 20 000" not in page.text


def test_a_payment_before_the_decision_says_what_comes_first(
    referent: Browser, claim: Claim, cpam_reader: Browser
) -> None:
    submit(referent, claim, without_missing="y")
    page = cpam_reader.get("cpts.claims.answer", claim_id=claim.id, what="paiement")
    assert page.status == 409
    assert "Pas encore possible : consignez d’abord la décision" in page.text
    assert f"Ouvrir la demande n° {claim.number}" in page.links()


def test_a_claim_whose_line_fell_offers_to_be_abandoned_and_asks_for_no_piece(
    referent: Browser, claim: Claim, crisis: Crisis, by: Account
) -> None:
    (fact,) = queries.facts(crisis)
    facts.withdraw(crisis, fact, reason="Erreur", by=by, at=NOON)
    db.session.commit()
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert "Aucune autorité n’a reconnu cette crise" in page.text
    assert "Abandonner cette demande" in page.links()
    assert "À compléter" not in page.text
    assert "Joindre un document" not in page.links()
    room = referent.get("cpts.funding.index").text
    assert "est à déposer" not in room


def test_with_a_claim_begun_and_nothing_else_the_room_names_it(referent: Browser, claim: Claim) -> None:
    room = referent.get("cpts.funding.index")
    assert "À préparer" not in room.text
    assert "En préparation" in room.text
