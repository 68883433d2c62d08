"""What the caisse reads and answers; a correction is a new revision, and the first one stays as it was."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.funding.claims import queries
from crisis_plan.funding.claims.rules import MOVES, Answer, answers, asked_cents, may_follow, too_early
from crisis_plan.funding.claims.sentences import claim_tasks
from crisis_plan.funding.lines import ClaimState, StepKind
from crisis_plan.funding.models import Claim
from crisis_plan.funding.queries import live_claims
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.models import Publication
from tests.browser import Browser, Page
from tests.factories import TODAY, reader
from tests.funding.claims.arranged import PDF, begin, submit, the_claim


@pytest.fixture
def submitted(referent: Browser, first: Publication) -> Claim:
    claim = begin(referent, "year-1")
    assert submit(referent, claim).status == 303
    return the_claim()


def answer(browser: Browser, claim: Claim, what: str, *, by_caisse: bool = True, **fields: object) -> Page:
    """Fill the form of an answer and send it."""
    page = browser.get(f"cpts.claims.{'answer' if by_caisse else 'consign'}", claim_id=claim.id, what=what)
    assert page.status == 200, page.text
    return browser.submit(page, fields=dict(fields))


def test_a_draft_is_the_cpts_alone(referent: Browser, first: Publication, cpam_reader: Browser, cpts: Cpts) -> None:
    claim = begin(referent, "year-1")
    assert cpam_reader.get("cpts.claims.show", claim_id=claim.id).status == 404
    assert queries.submitted_of([cpts.id]) == []
    submit(referent, claim)
    page = cpam_reader.get("cpts.claims.show", claim_id=claim.id)
    assert (page.status, "Votre réponse" in page.text) == (200, True)
    assert [one.id for one in queries.submitted_of([cpts.id])] == [claim.id]


def test_what_the_cpts_prepares_next_is_not_read_by_the_caisse(
    referent: Browser, submitted: Claim, cpam_reader: Browser
) -> None:
    answer(cpam_reader, submitted, "complement", reason="Le bordereau de la MSA")
    page = referent.get("cpts.claims.edit", claim_id=submitted.id)
    referent.submit(page, fields={"note": "Brouillon à ne pas montrer"})
    assert "Brouillon" in referent.get("cpts.claims.show", claim_id=submitted.id).text
    assert "Brouillon" not in cpam_reader.get("cpts.claims.show", claim_id=submitted.id).text


def test_only_the_caisses_of_the_territory_read_it(
    app: Flask, submitted: Claim, cpts: Cpts, ars_reader: Browser, stranger: Browser, cell_member: Browser
) -> None:
    elsewhere = Browser(app, reader(InstitutionKind.CPAM, departements=("34",)), cpts)
    msa = Browser(app, reader(InstitutionKind.MSA, departements=("30",)), cpts)
    db.session.commit()
    addresses = [("cpts.claims.show", {}), ("cpts.claims.pdf", {"number": 1}), ("cpts.claims.archive", {"number": 1})]
    for endpoint, values in addresses:
        asked = {"claim_id": submitted.id, **values}
        assert [one.get(endpoint, **asked).status for one in (elsewhere, stranger)] == [404, 404]
        assert [one.get(endpoint, **asked).status for one in (ars_reader, cell_member)] == [403, 403]
        assert msa.get(endpoint, **asked).status == 200


def test_a_claim_of_another_cpts_is_not_found(submitted: Claim, stranger: Browser, app: Flask) -> None:
    assert stranger.account
    their_own = Browser(app, stranger.account, stranger.account.memberships[0].cpts)
    assert their_own.get("cpts.claims.show", claim_id=submitted.id).status == 404
    assert their_own.post("cpts.claims.submit", {"seen_version": "1"}, claim_id=submitted.id).status == 404


def test_a_complement_is_never_asked_without_a_word(submitted: Claim, cpam_reader: Browser) -> None:
    refused = answer(cpam_reader, submitted, "complement", reason=" ")
    assert refused.status == 422
    assert the_claim().state is ClaimState.SUBMITTED


def test_a_correction_is_a_second_revision_and_the_first_keeps_its_bytes(
    referent: Browser, submitted: Claim, cpam_reader: Browser
) -> None:
    first = [
        cpam_reader.get(f"cpts.claims.{kind}", claim_id=submitted.id, number=1).content for kind in ("pdf", "archive")
    ]
    answer(cpam_reader, submitted, "complement", reason="Ajoutez l’émargement de la réunion")
    page = referent.get("cpts.claims.show", claim_id=submitted.id)
    assert "Ajoutez l’émargement de la réunion" in page.text
    attach = referent.get("cpts.claims.new_attachment", claim_id=submitted.id, besoin="circulation")
    document = (io.BytesIO(PDF), "emargement.pdf")
    assert referent.submit(attach, fields={"label": "Émargement", "document": document}).status == 303
    assert submit(referent, the_claim()).status == 303
    assert [one.number for one in the_claim().revisions] == [1, 2]
    again = [
        cpam_reader.get(f"cpts.claims.{kind}", claim_id=submitted.id, number=1).content for kind in ("pdf", "archive")
    ]
    assert again == first
    assert cpam_reader.get("cpts.claims.submitted_piece", claim_id=submitted.id, number=2, piece=3).content == PDF
    assert "Une révision plus récente" in cpam_reader.get("cpts.claims.revision", claim_id=submitted.id, number=1).text


def test_the_caisse_decides_and_pays_in_its_own_name(submitted: Claim, cpam_reader: Browser, referent: Browser) -> None:
    assert answer(cpam_reader, submitted, "decision", outcome="accepted", amount="25 000").status == 303
    assert answer(cpam_reader, submitted, "paiement", amount="18 750").status == 303
    assert answer(cpam_reader, submitted, "paiement", amount="25 000").status == 303
    claim = the_claim()
    assert (claim.state, claim.agreed_cents, claim.paid_cents) == (ClaimState.PAID, 25_000_00, 25_000_00)
    assert [one.institution for one in claim.steps[2:]] == ["ARS Occitanie"] * 3
    assert "25 000 € versés en tout" in referent.get("cpts.claims.show", claim_id=claim.id).text.replace(
        "\u202f", " "
    ).replace("\u00a0", " ")


def test_a_refusal_says_why_and_may_be_corrected(submitted: Claim, cpam_reader: Browser, referent: Browser) -> None:
    assert answer(cpam_reader, submitted, "decision", outcome="refused").status == 422
    assert answer(cpam_reader, submitted, "decision", outcome="refused", reason="Plan non diffusé").status == 303
    assert "Plan non diffusé" in referent.get("cpts.claims.show", claim_id=submitted.id).text
    assert submit(referent, the_claim()).status == 303
    assert the_claim().state is ClaimState.SUBMITTED


def test_an_amount_above_what_is_asked_is_asked_about_once(submitted: Claim, cpam_reader: Browser) -> None:
    page = answer(cpam_reader, submitted, "decision", outcome="accepted", amount="250 000")
    assert page.status == 422
    assert cpam_reader.submit(page, fields={"amount": "250 000", "is_right": "y"}).status == 303


def test_what_the_cpts_was_told_is_marked_as_its_word(submitted: Claim, referent: Browser) -> None:
    document = (io.BytesIO(PDF), "courrier.pdf")
    told = answer(
        referent, submitted, "decision", by_caisse=False, outcome="accepted", amount="25 000", document=document
    )
    assert told.status == 303
    page = referent.get("cpts.claims.show", claim_id=submitted.id)
    assert "Consignée par la CPTS" in page.text
    address = next(href for text, href in page.links().items() if text.startswith("courrier.pdf"))
    assert referent.open(address).content == PDF


def test_the_cpts_does_not_rewrite_what_the_caisse_decided(
    submitted: Claim, cpam_reader: Browser, referent: Browser
) -> None:
    answer(cpam_reader, submitted, "decision", outcome="accepted", amount="20 000")
    assert referent.get("cpts.claims.consign", claim_id=submitted.id, what="decision").status == 409
    fields = {"outcome": "accepted", "amount": "25 000", "dated_on": TODAY.isoformat(), "seen_steps": "3"}
    assert referent.post("cpts.claims.save_consigned", fields, claim_id=submitted.id, what="decision").status == 409
    assert the_claim().agreed_cents == 20_000_00


def test_an_answer_to_what_moved_meanwhile_is_shown_again(
    submitted: Claim, cpam_reader: Browser, referent: Browser
) -> None:
    page = cpam_reader.get("cpts.claims.answer", claim_id=submitted.id, what="decision")
    answer(referent, submitted, "decision", by_caisse=False, outcome="accepted", amount="1 000")
    again = cpam_reader.submit(page, fields={"outcome": "accepted", "amount": "25 000"})
    assert (again.status, the_claim().agreed_cents) == (409, 1_000_00)
    assert cpam_reader.submit(again).status == 303
    assert the_claim().agreed_cents == 25_000_00


def test_an_abandoned_claim_frees_its_line(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.ask_abandon", claim_id=claim.id)
    assert referent.submit(page, fields={"reason": "Mauvaise ligne"}).status == 303
    assert begin(referent, "year-1").number == 2
    assert "Mauvaise ligne" in referent.get("cpts.claims.show", claim_id=claim.id).text


def test_a_submitted_claim_is_not_abandoned_nor_changed(referent: Browser, submitted: Claim) -> None:
    asked = {"claim_id": submitted.id}
    assert referent.get("cpts.claims.ask_abandon", **asked).status == 409
    assert referent.post("cpts.claims.abandon", {"reason": "Non"}, **asked).status == 409
    assert referent.post("cpts.claims.save", {"note": "Non", "seen_version": "2"}, **asked).status == 409
    assert the_claim().note == ""


def test_the_caisse_is_told_without_an_amount(
    app: Flask, referent: Browser, first: Publication, cpam_reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    submit(referent, begin(referent, "year-1"))
    (mail,) = db.session.query(OutboxMessage).all()
    assert cpam_reader.account
    assert mail.recipient == cpam_reader.account.email
    assert "000" not in mail.body
    assert "/financements/demandes/" in mail.body


def test_what_is_due_is_said_in_a_sentence(
    referent: Browser, submitted: Claim, cpam_reader: Browser, cpts: Cpts
) -> None:
    assert claim_tasks(live_claims(cpts)) == []
    answer(cpam_reader, submitted, "complement", reason="Le bordereau")
    (due,) = claim_tasks(live_claims(cpts))
    assert due.sentence == "ARS Occitanie demande un complément pour la demande n°\u00a01 (Première rédaction du plan)."
    assert (due.endpoint, due.values) == ("cpts.claims.show", {"claim_id": submitted.id})


def test_every_state_is_reached_and_only_abandoned_ends(by: Account) -> None:
    reached = {ClaimState.PREPARING} | {move.after for move in MOVES.values()}
    assert reached == set(ClaimState)
    ends = [state for state in ClaimState if not any(may_follow(kind, state) for kind in MOVES)]
    assert ends == [ClaimState.ABANDONED]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ClaimState.PREPARING, ()),
        (ClaimState.SUBMITTED, (Answer.COMPLEMENT, Answer.DECISION)),
        (ClaimState.COMPLEMENT, (Answer.DECISION,)),
        (ClaimState.ACCEPTED, (Answer.DECISION, Answer.PAYMENT)),
        (ClaimState.REFUSED, (Answer.DECISION,)),
        (ClaimState.PAID, (Answer.PAYMENT,)),
        (ClaimState.ABANDONED, ()),
    ],
)
def test_what_may_be_answered_follows_from_the_state(state: ClaimState, expected: tuple[Answer, ...]) -> None:
    assert answers(state, by_caisse=True, was_decided_by_caisse=True) == expected


@pytest.mark.parametrize(
    ("line", "wanted", "is_ceiling", "asked"),
    [(100, None, True, 100), (100, 60, True, 60), (100, 160, True, 100), (100, 60, False, 100), (0, 60, True, 0)],
)
def test_what_is_asked_is_never_above_the_line(line: int, wanted: int | None, is_ceiling: bool, asked: int) -> None:
    assert asked_cents(line, wanted, is_ceiling=is_ceiling) == asked


def test_the_day_of_an_answer_is_neither_to_come_nor_before_the_submission() -> None:
    assert too_early(TODAY, TODAY, TODAY) == ""
    assert "à venir" in too_early(TODAY.replace(year=2027), None, TODAY)
    assert "déposée que le" in too_early(TODAY.replace(year=2025), TODAY, TODAY)


def test_a_first_step_kind_is_never_a_move() -> None:
    assert StepKind.OPENED not in MOVES
