"""What a crisis claim rests on: the crisis, the size, what comes before the recognition, the other crisis lines."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.demo.claims import nurses_at_home
from crisis_plan.distribution.rules import Circulated
from crisis_plan.funding.answers import Given, record
from crisis_plan.funding.claims.plan_pieces import far
from crisis_plan.funding.lines import ClaimState, Doubt
from crisis_plan.funding.models import Claim
from crisis_plan.funding.offers import crisis_subject
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut
from crisis_plan.publication.models import Publication
from tests.browser import Browser
from tests.factories import NOON
from tests.funding.claims.arranged import begin, recognise, submit, text_of, work
from tests.pilotage.crises.factories import a_crisis

LATER = NOON + timedelta(days=5)
BEFORE = "1 action sur 1 et 4 h de travail sur 4 h précèdent la reconnaissance du 24 novembre 2026"


@pytest.fixture
def crisis(cpts: Cpts, by: Account, first: Publication, monkeypatch: pytest.MonkeyPatch) -> Crisis:
    """Opened with the first version in force; two nurses worked, and it was recognised two days later."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    opened = a_crisis(cpts, by)
    opened.publication_id = first.id
    work(opened, by)
    recognise(opened, by, at=NOON + timedelta(days=2))
    db.session.commit()
    return opened


def shown(browser: Browser, claim: Claim) -> tuple[str, str]:
    """The page of the claim, then its file."""
    page = " ".join(browser.get("cpts.claims.show", claim_id=claim.id).text.split())
    assert submit(browser, claim, without_missing="y").status == 303
    printed = text_of(browser.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    return page.replace("\u00a0", " "), printed.replace("\u00a0", " ")


def test_the_crisis_its_plan_and_its_counts_come_before_the_amount(referent: Browser, crisis: Crisis) -> None:
    claim = begin(referent, crisis_subject(crisis))
    for said in shown(referent, claim):
        told, amount = said.split("Calcul du montant")[:2]
        for words in (
            "par ARS Occitanie, le 24 novembre 2026 (pièce 1)",
            "ouverte le 22 novembre 2026 – pas encore levée",
            "version 1 du 1er juin 2025 (pièce 2)",
            "professionnels : 2 · actions : 1",
        ):
            assert words in told
            assert words not in amount


def test_the_size_says_what_it_rests_on(referent: Browser, cpts: Cpts, crisis: Crisis) -> None:
    cpts.stated_size, cpts.stated_inhabitants = None, 105_452
    db.session.commit()
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        told = said.replace("\u202f", " ")
        assert "105 452 habitants inscrits au contrat (de 80 000 à 175 000 habitants)" in told
        assert "1er mars 2025 (crise ouverte pendant l’année 2)" in told


def test_a_stated_size_is_said_to_be_stated(referent: Browser, crisis: Crisis) -> None:
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        assert "taille inscrite au contrat (moins de 40 000 habitants)" in said


def test_what_precedes_the_recognition_is_a_doubt_with_its_split(referent: Browser, crisis: Crisis) -> None:
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        assert f"{BEFORE} : aucun texte ne dit si ce qui la précède compte." in said


def test_an_answer_of_the_cpam_ends_that_doubt(referent: Browser, cpts: Cpts, crisis: Crisis, by: Account) -> None:
    given = Given(Doubt.BEFORE_RECOGNITION, NOON.date(), "CPAM du Gard", "Tout compte.", settles=True)
    record(cpts, given, today=LATER.date(), by=by, at=LATER)
    db.session.commit()
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        assert BEFORE not in said
        assert "Tout compte." in said.split("Ce que la CPAM a répondu")[1]


def test_nothing_is_doubtful_of_work_that_follows_the_recognition(
    referent: Browser, cpts: Cpts, by: Account, first: Publication
) -> None:
    opened = a_crisis(cpts, by)
    recognise(opened, by, at=opened.opened_at)
    work(opened, by)
    db.session.commit()
    for said in shown(referent, begin(referent, crisis_subject(opened))):
        assert "précèdent la reconnaissance" not in said


def outside(cpts: Cpts, other: Crisis, by: Account, state: ClaimState) -> None:
    """The line of another crisis, as it stands."""
    amount = 18_500_00
    db.session.add(
        Claim(
            cpts_id=cpts.id,
            number=7,
            line="crisis",
            crisis_id=other.id,
            subject=crisis_subject(other),
            title="Autre crise",
            is_outside=True,
            state=state,
            asked_cents=amount,
            agreed_cents=amount,
            paid_cents=amount if state is ClaimState.PAID else None,
            opened_at=NOON,
            opened_by_id=by.id,
            opened_by_name=by.name,
        )
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ClaimState.PAID, "18 500 € payés"),
        (ClaimState.ACCEPTED, "18 500 € acceptés"),
        (ClaimState.REFUSED, "refusée, 18 500 € demandés"),
    ],
)
def test_the_other_crisis_line_of_the_year_is_told(
    referent: Browser, cpts: Cpts, crisis: Crisis, by: Account, state: ClaimState, told: str
) -> None:
    crisis.closed_at = crisis.stood_down_at = LATER
    db.session.flush()
    other = a_crisis(cpts, by)
    recognise(other, by, at=NOON + timedelta(days=1))
    outside(cpts, other, by, state)
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        words = said.replace("\u202f", " ")
        assert f"Autre ligne de crise de l’année 2 : n° 7, enregistrée hors de l’outil, {told}." in words


def test_a_crisis_line_of_another_year_is_not(referent: Browser, cpts: Cpts, crisis: Crisis, by: Account) -> None:
    crisis.closed_at = crisis.stood_down_at = LATER
    db.session.flush()
    other = a_crisis(cpts, by)
    other.opened_at = NOON - timedelta(days=400)
    recognise(other, by, at=NOON - timedelta(days=399))
    outside(cpts, other, by, ClaimState.PAID)
    for said in shown(referent, begin(referent, crisis_subject(crisis))):
        assert "Autre ligne de crise" not in said


def test_sent_is_not_read() -> None:
    assert far(Circulated(recipients=88, given=88, opened=13, acknowledged=6)) == (
        "88 sur 88, ouverte par 13, accusée par 6"
    )
    assert far(Circulated(recipients=1, given=1)) == "1 sur 1"


def test_the_demonstration_answers_the_complement_with_its_own_count(
    cpts: Cpts, by: Account, first: Publication
) -> None:
    opened = a_crisis(cpts, by)
    work(opened, by)
    assert nurses_at_home(opened) == 0
    db.session.execute(sa.update(ActionCarriedOut).values(label="Visite des domiciles"))
    db.session.commit()
    assert nurses_at_home(opened) == 2
