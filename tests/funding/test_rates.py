"""Later sets of amounts: added by an operator, read again against the set before, withdrawn, never changed."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.funding import queries
from crisis_plan.funding.lines import FundingLine
from crisis_plan.funding.models import StoredRateSet
from crisis_plan.funding.offers import offers
from crisis_plan.funding.rates import AVENANT_2, LINES, SIZES
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from tests.browser import Browser, Page
from tests.factories import member
from tests.funding.arranged import noon, sized, written

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))


@pytest.fixture
def author(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


def typed(more: int = 1_000, **said: object) -> dict[str, object]:
    """Avenant 2, each amount so much higher."""
    amounts = {f"{line.value}_{size.value}": AVENANT_2.amounts[line][size] + more for line in LINES for size in SIZES}
    known = {"label": "ACI, avenant 3", "in_force_from": "01/01/2026", "source": "Avenant 3 du 12/12/2025, article 4"}
    return {**known, **amounts, "majoration_percent": "12", "majoration_members": "80", **said}


def add(operator: Browser, **said: object) -> Page:
    first = operator.submit(operator.get("rates.new"), fields=typed(**said))  # type: ignore[arg-type]
    return operator.submit(first, fields={"is_read_again": "y"})


def test_a_set_is_shown_against_the_one_before_then_kept(operator: Browser) -> None:
    shown = operator.submit(operator.get("rates.new"), fields=typed())
    assert shown.status == 422
    assert db.session.query(StoredRateSet).count() == 0
    assert "Ce qui change par rapport à « ACI, avenant 2 »" in shown.text
    assert len(shown.html.select("#changes ~ .table-scroll tbody tr")) == 13
    assert "25 000 € 26 000 € +1 000 €" in shown.text
    assert operator.submit(shown, fields={"is_read_again": "y"}).status == 303
    *_, kept = queries.rate_sets()
    assert (kept.label, kept.in_force_from, kept.majoration_percent) == ("ACI, avenant 3", date(2026, 1, 1), 12)
    assert kept.amounts[FundingLine.CRISIS][Size.T4] == 76_000
    assert operator.get("rates.index").texts("h2")[:2] == ["ACI, avenant 3", "ACI, avenant 2"]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"source": ""}, "#source-error"),
        ({"update_2": ""}, "#update_2-error"),
        ({"update_2": "0"}, "#update_2-error"),
        ({"majoration_percent": "101"}, "#majoration_percent-error"),
        ({"in_force_from": "03/09/2022", "is_read_again": "y"}, "#in_force_from-error"),
    ],
)
def test_what_a_set_lacks_is_said_beside_its_field(operator: Browser, said: dict[str, object], where: str) -> None:
    page = operator.submit(operator.get("rates.new"), fields=typed(**said))  # type: ignore[arg-type]
    assert page.status == 422
    assert len(page.texts(where)) == 1
    assert db.session.query(StoredRateSet).count() == 0


def test_two_sets_never_begin_the_same_day(operator: Browser) -> None:
    add(operator)
    again = add(operator, label="Un autre")
    assert again.status == 422
    assert "Un autre barème vaut déjà à partir de ce jour" in again.text


def test_a_later_set_prices_only_what_comes_after_it(operator: Browser, cpts: Cpts, author: Account) -> None:
    sized(cpts, Size.T1, date(2025, 6, 1))
    for day in (date(2025, 9, 1), date(2026, 9, 1)):
        written(cpts, day, author)
    db.session.commit()
    add(operator)
    priced = {one.subject: one.computation.total_cents for one in offers(cpts, TODAY)}
    assert priced == {"year-1": 2_500_000, "year-2": 1_350_000}


def test_a_withdrawn_set_prices_nothing_and_stays_readable_with_the_reason(operator: Browser) -> None:
    add(operator)
    stored = db.session.query(StoredRateSet).one()
    page = operator.get("rates.confirm_withdrawal", rate_set_id=stored.id)
    assert operator.submit(page, fields={"reason": ""}).status == 422
    operator.submit(page, fields={"reason": "Montants mal recopiés"})
    assert queries.rate_sets() == (AVENANT_2,)
    assert "Montants mal recopiés" in operator.get("rates.index").text
    assert operator.get("rates.confirm_withdrawal", rate_set_id=db.session.query(StoredRateSet).one().id).status == 404
    assert add(operator).status == 303


def test_the_database_refuses_another_amount(operator: Browser) -> None:
    add(operator)
    with pytest.raises(DatabaseError):
        db.session.execute(sa.text("UPDATE rate_sets SET label = 'Autre'"))
    db.session.rollback()


def test_the_installation_leads_there_and_nobody_else_enters(
    operator: Browser, referent: Browser, cpam_reader: Browser
) -> None:
    assert "Barèmes" in operator.get("installation.index").links()
    assert referent.get("rates.index").status == 404
    assert cpam_reader.get("rates.index").status == 404
