"""A recognised crisis: each proof found by itself, each missing one named with the gesture that mends it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.room import validating
from crisis_plan.funding.answers import Given, record
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.lines import ClaimState, Doubt, FundingLine
from crisis_plan.funding.models import Claim
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts import queries
from crisis_plan.pilotage.mobilisation.queries import PlayedNotReal
from crisis_plan.publication.models import Publication
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.room.complete import VALIDATED_AT, add, hold_the_first
from tests.factories import NOON
from tests.funding.claims.arranged import ACT, begin, recognise, submit, text_of, the_claim, work
from tests.pilotage.crises.factories import a_crisis

LATER = VALIDATED_AT + timedelta(days=1)


@pytest.fixture
def debrief(monkeypatch: pytest.MonkeyPatch, cpts: Cpts, by: Account, first: Publication) -> Debrief:
    """A recognised crisis, over, in which two nurses worked, and whose debrief is validated."""
    made = a_debrief(cpts, by, tell=lambda crisis: work(crisis, by))
    hold_the_first(made, by)
    add(made, FindingKind.STRONG, "Le point de soins a ouvert vite", by=by)
    weak = add(made, FindingKind.WEAK, "Pas de radio", by=by)
    findings.refuse(made, weak, "Trop cher ici", by=by, at=NOON)
    db.session.commit()
    validating.validate(made, by=by, at=VALIDATED_AT)
    assert made.crisis
    monkeypatch.setattr(clock, "now", lambda: LATER)
    recognise(made.crisis, by, at=NOON + timedelta(days=2))
    db.session.commit()
    return made


def claim_of(browser: Browser, crisis: Crisis) -> Claim:
    return begin(browser, f"crisis-{crisis.id}")


def labels(claim: Claim) -> list[str]:
    return [piece.label for piece in evidence_of(claim, LATER).pieces]


def missing(claim: Claim) -> list[str]:
    return [gap.sentence for gap in evidence_of(claim, LATER).missing]


def test_everything_of_a_crisis_is_found_by_itself(referent: Browser, debrief: Debrief) -> None:
    assert debrief.crisis
    claim = claim_of(referent, debrief.crisis)
    assert labels(claim) == [
        "Reconnaissance de la crise, ARS Occitanie, arrete",
        "Journal de bord, Crise n°\u00a01",
        "Professionnels et actions, un par ligne",
        "Bilan de la crise",
    ]
    assert missing(claim) == []
    page = submit(referent, claim).follow()
    assert "Anne Petit" in page.text
    archive = zipfile.ZipFile(io.BytesIO(referent.get("cpts.claims.archive", claim_id=claim.id, number=1).content))
    assert archive.read("01_reconnaissance-de-la-crise-ars-occitanie-arrete.pdf") == ACT.content
    seal = [word for word in text_of(archive.read("02_journal-de-bord-crise-n-1.pdf")).split() if len(word) == 64]
    assert seal


def test_the_file_states_the_two_counts_the_hours_and_the_ceiling_with_its_doubts(
    referent: Browser, debrief: Debrief
) -> None:
    assert debrief.crisis
    claim = claim_of(referent, debrief.crisis)
    submit(referent, claim)
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    for said in (
        "Anne Petit",
        "Luc Brun",
        "Ouvrir un point de soins",
        "4 h",
        "jusqu’à",
        "par an ou une fois par crise",
    ):
        assert said in printed.replace("\u00a0", " ")
    assert the_claim().asked_cents == 37_500_00


def test_the_cpts_may_ask_less_than_the_ceiling_and_never_more(referent: Browser, debrief: Debrief) -> None:
    assert debrief.crisis
    claim = claim_of(referent, debrief.crisis)
    page = referent.get("cpts.claims.edit", claim_id=claim.id)
    refused = referent.submit(page, fields={"wanted": "40 000"})
    assert refused.status == 422
    assert "paie au plus" in refused.text
    assert referent.submit(page, fields={"wanted": "30 000"}).status == 303
    submit(referent, claim)
    assert the_claim().asked_cents == 30_000_00


def test_what_is_not_there_yet_is_named_never_an_error(
    referent: Browser, cpts: Cpts, by: Account, first: Publication
) -> None:
    crisis = a_crisis(cpts, by)
    recognise(crisis, by, act=None)
    db.session.commit()
    claim = claim_of(referent, crisis)
    assert missing(claim) == [
        "Aucun document n’est joint à la reconnaissance de la crise.",
        "Le journal de bord n’est pas clos\u00a0: d’autres entrées peuvent suivre.",
        "Aucun professionnel mobilisé n’est noté.",
        "Aucune action du plan n’est notée comme menée.",
        "Le bilan n’est pas ouvert\u00a0: il s’ouvre à la clôture du journal.",
    ]
    refused = submit(referent, claim)
    assert refused.status == 422
    assert "Des pièces manquent" in refused.text
    assert the_claim().state is ClaimState.PREPARING
    assert submit(referent, claim, without_missing="y").status == 303
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    assert "La CPTS dépose sans ces pièces" in printed
    assert "Aucun document n’est joint à la reconnaissance" in printed


def test_an_exercise_is_never_claimed(referent: Browser, cpts: Cpts, by: Account, first: Publication) -> None:
    crisis = a_crisis(cpts, by, mode=Mode.EXERCISE)
    recognise(crisis, by)
    db.session.commit()
    refused = referent.post("cpts.claims.open", {"subject": f"crisis-{crisis.id}"})
    assert refused.status == 409
    claim = Claim(cpts=cpts, line=FundingLine.CRISIS, crisis=crisis)
    with pytest.raises(PlayedNotReal), db.session.no_autoflush:
        evidence_of(claim, LATER)
    db.session.rollback()


def test_a_crisis_that_nobody_recognised_is_refused_with_its_sentence(
    referent: Browser, cpts: Cpts, by: Account, first: Publication
) -> None:
    crisis = a_crisis(cpts, by)
    db.session.commit()
    refused = referent.post("cpts.claims.open", {"subject": f"crisis-{crisis.id}"})
    assert refused.status == 409
    assert "Aucune autorité n’a reconnu cette crise" in refused.text


def test_a_recognition_withdrawn_since_stops_the_claim(referent: Browser, debrief: Debrief, by: Account) -> None:
    crisis = debrief.crisis
    assert crisis
    claim = claim_of(referent, crisis)
    (fact,) = queries.facts(crisis)
    facts.withdraw(crisis, fact, reason="Erreur de crise", by=by, at=LATER)
    db.session.commit()
    assert "Aucune autorité" in referent.get("cpts.claims.show", claim_id=claim.id).text
    answer = referent.post("cpts.claims.submit", {"seen_version": "1", "without_missing": "y"}, claim_id=claim.id)
    assert answer.status == 422
    assert the_claim().state is ClaimState.PREPARING


def test_the_file_says_what_the_cpam_answered_and_not_that_it_is_established(
    referent: Browser, cpts: Cpts, debrief: Debrief, by: Account
) -> None:
    for doubt, text, settles in (
        (Doubt.CRISIS_ONCE, "Une fois par crise.", True),
        (Doubt.CRISIS_CEILING, "À voir.", False),
    ):
        given = Given(doubt, NOON.date(), "CPAM du Gard", text, settles=settles)
        record(cpts, given, today=LATER.date(), by=by, at=NOON)
    db.session.commit()
    assert debrief.crisis
    claim = claim_of(referent, debrief.crisis)
    submit(referent, claim)
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content).replace("\u00a0", " ")
    assert "Ce que la CPAM a répondu" in printed
    assert "Ce qui est établi" not in printed
    assert "À voir. Cette réponse ne tranche pas encore." in printed
    untold = printed.split("Ce que les textes ne tranchent pas")[1].split("Ce que la CPAM a répondu")[0]
    assert ("entier ou au prorata" in untold, "par an ou par crise" in untold) == (True, False)
