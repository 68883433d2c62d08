"""Several versions in a mission year: the first gives the rates, the best circulated is the evidence."""

from __future__ import annotations

from datetime import date

import pytest

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.models import Claim, StoredRateSet
from crisis_plan.funding.rates import AVENANT_2, amounts_json
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON
from tests.funding.claims.arranged import (
    YEAR_1,
    YEAR_2,
    a_version,
    begin,
    circulate,
    settle,
    submit,
    text_of,
    the_claim,
)


def double_the_rates(by: Account, in_force_from: date) -> None:
    doubled = {line: {size: euros * 2 for size, euros in sizes.items()} for line, sizes in AVENANT_2.amounts.items()}
    db.session.add(
        StoredRateSet(
            label="Avenant 3", in_force_from=in_force_from, source="Essai", amounts=amounts_json(doubled),
            majoration_percent=10, majoration_members=100, entered_at=NOON, entered_by_id=by.id,
            entered_by_name=by.name,
        )
    )  # fmt: skip


def pieces(claim: Claim) -> str:
    return " ".join(piece.label for piece in evidence_of(claim, NOON).pieces)


@pytest.mark.parametrize(
    ("subject", "first_on", "euros", "said"),
    [
        ("year-2", YEAR_2, "12 500 €", "Barème appliqué au 1er juin 2026 : jour de la première version de l’année"),
        ("year-1", YEAR_1, "25 000 €", "Barème appliqué au 1er juin 2025 : jour du premier plan écrit"),
    ],
)
def test_a_newer_version_proves_the_line_and_changes_no_amount(
    referent: Browser, cpts: Cpts, by: Account, subject: str, first_on: date, euros: str, said: str
) -> None:
    settle(cpts)
    if subject == "year-2":
        a_version(cpts, by, 1, YEAR_1)
    old = a_version(cpts, by, 2, first_on)
    double_the_rates(by, first_on.replace(month=7))
    db.session.commit()
    claim = begin(referent, subject)
    assert old.name in pieces(claim)
    circulate(cpts, by, a_version(cpts, by, 3, first_on.replace(month=8)))
    db.session.commit()
    assert ("Version 3" in pieces(claim), old.name in pieces(claim)) == (True, False)
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert said in page.text
    assert said in read_again(referent, claim)
    assert submit(referent, claim).status == 303
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    assert said in printed.replace("\u00a0", " ")
    assert the_claim().asked_cents == {"year-2": 12_500_00, "year-1": 25_000_00}[subject]


def read_again(browser: Browser, claim: Claim) -> str:
    """What is read before submitting."""
    return browser.get("cpts.claims.prepare_submission", claim_id=claim.id).text
