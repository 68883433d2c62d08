"""What is due in an area, and what its CPTS claim."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.funding.models import Claim
from crisis_plan.funding.revision_models import ClaimRevision
from crisis_plan.organisations.models import CptsCommune
from crisis_plan.organisations.rules import MissionSource
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.regional.test_region import publish
from tests.statements import counted_statements, most_statements


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def claim(cpts, title, *, state=ClaimState.SUBMITTED, days_ago=3, submitted=True, number=1):
    by = AccountFactory()
    opened = Claim(
        cpts_id=cpts.id, number=number, line=FundingLine.FIRST_WRITING, subject=f"year-{number}", title=title, state=state,
        opened_at=NOON, opened_by_id=by.id, opened_by_name=by.name,
    )  # fmt: skip
    if submitted:
        at = NOON - timedelta(days=days_ago)
        revision = ClaimRevision(
            number=1, submitted_at=at, submitted_on=at.date(), submitted_by_id=by.id, submitted_by_name=by.name,
            amount_cents=4_500_000, content={}, content_sha256="0" * 64, rate_set={}, evidence={},
        )  # fmt: skip
        opened.revisions.append(revision)
    db.session.add(opened)
    db.session.commit()
    return opened


def names(page):
    return page.texts("tbody th a")


def test_what_is_due_first_comes_first_and_says_why(ars_reader):
    publish(ars_reader.cpts, date(2026, 6, 1))
    late = CptsFactory(name="Grand Alès")
    publish(late, date(2025, 3, 1))
    CptsFactory(name="Sans échéance")
    CptsFactory(name="Vidourle", contract_signed_on=date(2026, 7, 1), deadlines_from=MissionSource.CONTRACT)
    db.session.commit()
    page = ars_reader.get("regional.updates")
    assert names(page) == ["Grand Alès", "Vidourle", "Uzège"]
    said = page.texts("tbody td[data-label='Échéance']")
    assert said[0] == "En retard Mise à jour au plus tard le 1er mars 2026 12 mois après la dernière publication"
    assert said[1].startswith(
        "À échéance Premier plan au plus tard le 1er janvier 2027 6 mois à compter de la signature"
    )


def test_an_area_where_nothing_is_due_says_what_it_waits_for(ars_reader):
    assert ars_reader.get("regional.updates").texts(".empty h2") == ["Aucune échéance connue"]


def test_a_plan_that_has_a_version_before_it_is_compared_to_it(ars_reader):
    publish(ars_reader.cpts, date(2025, 6, 1))
    assert not [said for said in ars_reader.get("regional.index").links() if "Comparer" in said]
    publish(ars_reader.cpts, date(2026, 6, 1), number=2)
    links = ars_reader.get("regional.index").links()
    assert links["Comparer à la version 1 , Uzège"] == ars_reader.address("cpts.publication.compare", number=1, other=2)


def test_claims_that_await_an_answer_come_first_and_drafts_are_never_seen(cpam_reader):
    paid = claim(cpam_reader.cpts, "Année 1", state=ClaimState.PAID, days_ago=1)
    other = CptsFactory(name="Grand Alès")
    claim(other, "Année 1 du Grand Alès", days_ago=9)
    claim(other, "Brouillon", state=ClaimState.PREPARING, submitted=False, number=2)
    hidden = CptsFactory(name="Montpellier", departements=["34"], communes=[CptsCommune(code="34172")])
    claim(hidden, "Ailleurs")
    page = cpam_reader.get("regional.submitted_claims")
    assert names(page) == ["Année 1 du Grand Alès , Grand Alès", "Année 1 , Uzège"]
    assert page.texts("tbody .badge") == ["Déposée", "Payée"]
    assert page.texts(".lead") == ["1 demande attend la réponse de la caisse."]
    assert page.links()["Année 1 , Uzège"] == cpam_reader.address("cpts.claims.show", claim_id=paid.id)


def test_the_region_tells_a_caisse_what_it_has_to_answer(cpam_reader, ars_reader):
    claim(cpam_reader.cpts, "Année 1")
    page = cpam_reader.get("regional.index")
    assert page.links()["Demandes de financement (1 à traiter)"] == "/region/demandes"
    assert page.links()["1 demande à traiter , Uzège"] == "/region/demandes"
    sheet = cpam_reader.get("regional.as_csv").content.decode("utf-8-sig").split("\r\n")
    assert sheet[0].endswith(";Demandes à traiter")
    assert sheet[1].endswith(";1")
    assert "Demandes" not in ars_reader.get("regional.as_csv").content.decode("utf-8-sig")
    assert not [said for said in ars_reader.get("regional.index").links() if "emande" in said]


def test_only_a_caisse_reads_the_claims_of_an_area(ars_reader, referent, operator, stranger):
    claim(ars_reader.cpts, "Année 1")
    for browser in (ars_reader, referent, operator, stranger):
        assert browser.get("regional.submitted_claims").status == 404


def test_an_area_without_any_claim_says_when_one_will_be_there(cpam_reader):
    assert cpam_reader.get("regional.submitted_claims").texts(".empty h2") == ["Aucune demande déposée"]


@pytest.mark.parametrize("endpoint", ["regional.updates", "regional.submitted_claims", "regional.index"])
def test_a_list_costs_the_same_for_one_cpts_and_for_three(cpam_reader, endpoint):
    def arranged(cpts):
        publish(cpts, date(2026, 6, 1))
        claim(cpts, f"Année 1 de {cpts.name}")

    arranged(cpam_reader.cpts)
    with counted_statements() as one:
        cpam_reader.get(endpoint)
    for _ in range(2):
        arranged(CptsFactory())
    with counted_statements() as three:
        assert len(names(cpam_reader.get(endpoint))) == 3
    assert len(one) == len(three) <= most_statements(endpoint)
