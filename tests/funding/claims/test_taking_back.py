"""A submitted claim whose line fell since is said to both; the CPTS may take it back, and what was frozen stays."""

from __future__ import annotations

import pytest
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.funding.claims.standing import refused_since
from crisis_plan.funding.claims.taking_back import may_be_taken_back
from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.funding.models import Claim
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts import queries
from crisis_plan.publication.models import Publication
from tests.browser import Browser, Page
from tests.factories import NOON
from tests.funding.claims.arranged import begin, recognise, submit, the_claim
from tests.pilotage.crises.factories import a_crisis

SINCE = "Depuis le dépôt, cette ligne ne peut plus être demandée"


@pytest.fixture
def crisis(cpts: Cpts, by: Account, first: Publication) -> Crisis:
    made = a_crisis(cpts, by)
    recognise(made, by)
    db.session.commit()
    return made


@pytest.fixture
def submitted(referent: Browser, crisis: Crisis) -> Claim:
    claim = begin(referent, f"crisis-{crisis.id}")
    assert submit(referent, claim, without_missing="y").status == 303
    return the_claim()


def unrecognise(crisis: Crisis, by: Account) -> None:
    (fact,) = queries.facts(crisis)
    facts.withdraw(crisis, fact, reason="Erreur de crise", by=by, at=NOON)
    db.session.commit()


def take_back(browser: Browser, claim: Claim, reason: str = "La reconnaissance est retirée") -> Page:
    page = browser.get("cpts.claims.ask_take_back", claim_id=claim.id)
    assert page.status == 200, page.text
    return browser.submit(page, fields={"reason": reason})


def refuse(browser: Browser, claim: Claim) -> None:
    page = browser.get("cpts.claims.answer", claim_id=claim.id, what="decision")
    assert browser.submit(page, fields={"outcome": "refused", "reason": "Hors délai"}).status == 303


def test_a_recognition_withdrawn_after_the_submission_is_said_to_both_and_in_the_money_room(
    referent: Browser, cpam_reader: Browser, submitted: Claim, crisis: Crisis, by: Account
) -> None:
    for reader in (referent, cpam_reader):
        assert SINCE not in reader.get("cpts.claims.show", claim_id=submitted.id).text
    unrecognise(crisis, by)
    for reader in (referent, cpam_reader):
        page = reader.get("cpts.claims.show", claim_id=submitted.id)
        assert SINCE in page.text
        assert "Aucune autorité n’a reconnu cette crise" in page.text
    assert "depuis le dépôt, sa ligne ne peut plus être demandée" in referent.get("cpts.funding.index").text


def test_a_claim_taken_back_frees_its_line_and_stays_readable_by_both(
    referent: Browser, cpam_reader: Browser, submitted: Claim, crisis: Crisis
) -> None:
    before = cpam_reader.get("cpts.claims.archive", claim_id=submitted.id, number=1).content
    assert take_back(referent, submitted).status == 303
    claim = the_claim()
    assert (claim.state, claim.steps[-1].kind) == (ClaimState.ABANDONED, "withdrawn")
    for reader in (referent, cpam_reader):
        page = reader.get("cpts.claims.show", claim_id=claim.id)
        assert "La CPTS a retiré cette demande" in page.text
        assert "Retirée par la CPTS" in page.texts(".badge")
        assert "La reconnaissance est retirée" in page.text
        assert "Votre réponse" not in page.text
        assert reader.get("cpts.claims.archive", claim_id=claim.id, number=1).content == before
    assert begin(referent, f"crisis-{crisis.id}").number == 2


def test_a_refused_claim_may_be_taken_back_and_an_accepted_one_may_not(
    referent: Browser, cpam_reader: Browser, submitted: Claim
) -> None:
    refuse(cpam_reader, submitted)
    assert "Retirer cette demande" in referent.get("cpts.claims.show", claim_id=submitted.id).links()
    page = cpam_reader.get("cpts.claims.answer", claim_id=submitted.id, what="decision")
    cpam_reader.submit(page, fields={"outcome": "accepted", "amount": "1 000"})
    assert referent.get("cpts.claims.ask_take_back", claim_id=submitted.id).status == 409
    assert referent.post("cpts.claims.take_back", {"reason": "Non"}, claim_id=submitted.id).status == 409
    assert the_claim().state is ClaimState.ACCEPTED


def test_taking_back_asks_why_and_belongs_to_the_cpts(
    referent: Browser, cpam_reader: Browser, submitted: Claim
) -> None:
    assert take_back(referent, submitted, reason=" ").status == 422
    assert cpam_reader.get("cpts.claims.ask_take_back", claim_id=submitted.id).status == 403
    assert "Retirer cette demande" not in cpam_reader.get("cpts.claims.show", claim_id=submitted.id).links()
    assert the_claim().state is ClaimState.SUBMITTED


def test_a_claim_that_was_never_submitted_is_abandoned_not_taken_back(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    assert referent.get("cpts.claims.ask_take_back", claim_id=claim.id).status == 409


def test_the_caisse_is_told_that_nothing_awaits_it_any_more(
    app: Flask, referent: Browser, cpam_reader: Browser, submitted: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    take_back(referent, submitted)
    (mail,) = db.session.query(OutboxMessage).all()
    assert cpam_reader.account
    assert mail.recipient == cpam_reader.account.email
    assert "a retiré la demande n° 1" in mail.body.replace("\u00a0", " ")


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_line_that_is_offered_no_more_is_said_of_what_was_submitted_alone(state: ClaimState) -> None:
    claim = Claim(line=FundingLine.UPDATE, state=state, is_outside=False)
    is_submitted = state not in (ClaimState.PREPARING, ClaimState.ABANDONED)
    assert bool(refused_since(claim, None)) is is_submitted
    claim.is_outside = True
    assert (refused_since(claim, None), may_be_taken_back(claim)) == ("", False)
