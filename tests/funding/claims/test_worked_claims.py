"""Worked cases of the domain page (section 10), from the line that is offered to the claim that is printed."""

from __future__ import annotations

import io
from datetime import date

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.funding.claims.queries import live_claim
from crisis_plan.funding.lines import Doubt
from crisis_plan.funding.offers import offer_for
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from tests.browser import Browser
from tests.factories import TODAY
from tests.funding.arranged import noon, recognise
from tests.funding.claims.arranged import PDF, YEAR_1, YEAR_2, a_version, begin, settle, submit, text_of
from tests.pilotage.crises.factories import a_crisis


def claimed(browser: Browser, cpts: Cpts, subject: str) -> tuple[int, int | None, str]:
    """What is offered, what is asked of it once submitted, and the paper."""
    offer = offer_for(cpts, subject, TODAY)
    assert offer
    claim = begin(browser, subject)
    assert submit(browser, claim, without_missing="y").status == 303
    kept = live_claim(cpts, subject)
    assert kept
    printed = text_of(browser.get("cpts.claims.pdf", claim_id=kept.id, number=1).content)
    return offer.computation.total_cents, kept.asked_cents, printed.replace("\u00a0", " ").replace("\u202f", " ")


def test_size_3_mission_year_4_with_two_versions_in_the_year(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    cpts.stated_size, cpts.mission_started_on = Size.T3, date(2023, 6, 1)
    for number, day in enumerate((date(2023, 9, 1), date(2026, 7, 1), date(2026, 9, 1)), start=1):
        a_version(cpts, by, number, day)
    db.session.commit()
    offered, asked, printed = claimed(referent, cpts, "year-4")
    assert (offered, asked) == (22_500_00, 22_500_00)
    assert "Montant demandé 22 500 €" in printed
    assert "Barème appliqué au 1er juillet 2026 : jour de la première version de l’année" in printed
    assert "Version 3 comparée à Version 1" in printed


def test_size_2_crisis_recognised_and_plan_written_after_it_began(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    cpts.stated_size = Size.T2
    crisis = a_crisis(cpts, by, at=noon(date(2026, 7, 1)))
    recognise(crisis, noon(date(2026, 7, 3)), by)
    a_version(cpts, by, 1, date(2026, 8, 1))
    db.session.commit()
    offered, asked, printed = claimed(referent, cpts, f"crisis-{crisis.id}")
    assert (offered, asked) == (52_500_00, 52_500_00)
    assert "Montant demandé jusqu’à 52 500 €" in printed
    assert Doubt.PLAN_AFTER_CRISIS.label in printed


def test_size_4_120_members_update_majoration_confirmed_by_the_cpam(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    cpts.stated_size = Size.T4
    a_version(cpts, by, 1, YEAR_1)
    a_version(cpts, by, 2, YEAR_2)
    db.session.commit()
    members = {"member_professionals": "110", "member_structures": "10"}
    referent.submit(referent.get("cpts.funding.edit_situation"), fields=members)
    said = {
        "answered_on": "12/05/2026", "source": "CPAM du Gard, courrier", "text": "Oui.", "majoration": "confirmed",
        "applies_from": "01/06/2025", "document": (io.BytesIO(PDF), "lettre.pdf"),
    }  # fmt: skip
    page = referent.get("cpts.funding.write_answer", doubt=Doubt.MAJORATION.address)
    assert referent.submit(page, fields=said).status == 303
    offered, asked, printed = claimed(referent, cpts, "year-2")
    assert (offered, asked) == (27_500_00, 27_500_00)
    assert "Majoration de 10 %, confirmée par la CPAM 2 500 €" in printed
    assert "CPAM du Gard, courrier" in printed
