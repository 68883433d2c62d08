"""Evidence that names people is erased once it has been kept long enough."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.campaigns import retention as campaigns
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.retention import forgotten_before
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls import operations as lists
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls import retention as calls
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.pilotage.calls.rules import Channel, Outcome, Purpose
from tests.factories import AccountFactory, ContactFactory, CptsFactory

SIGNED = date(2014, 3, 10)
LAST_DAY, AFTER = date(2024, 3, 10), date(2024, 3, 11)


@pytest.fixture
def signed(cpts: Cpts) -> Cpts:
    cpts.contract_signed_on = SIGNED
    db.session.commit()
    return cpts


@pytest.mark.parametrize(
    ("signed_on", "today", "limit"),
    [(SIGNED, LAST_DAY, None), (SIGNED, AFTER, date(2019, 3, 11)), (None, AFTER, None)],
)
def test_evidence_is_kept_to_the_last_day(signed_on: date | None, today: date, limit: date | None) -> None:
    assert forgotten_before(signed_on, today) == limit


def called(cpts: Cpts, at: datetime) -> CallList:
    """A closed list of one person, who was reached."""
    by, person = AccountFactory(), ContactFactory(cpts_id=cpts.id, profession="Infirmier")
    made = lists.open_list(
        cpts,
        purpose=Purpose.CRISIS,
        title="Canicule",
        audience="Adhérents",
        contacts=[person],
        channel=Channel.TELEPHONE,
        message="",
        by=by,
        at=at,
    )
    report = attempts.Report(Outcome.REACHED, comes=True)
    attempts.record_attempt(made.lines[0], report, seen_attempts=0, by=by, at=at + timedelta(minutes=4))
    lists.close(made, by=by, at=at + timedelta(hours=1))
    db.session.commit()
    return made


def lines() -> list[tuple[str, str, bool]]:
    query = sa.select(CallLine.name, CallLine.profession, CallLine.contact_id.is_not(None)).join(CallList)
    return [tuple(row) for row in db.session.execute(query.order_by(CallList.opened_at))]


def test_a_call_list_keeps_its_figures_and_loses_its_names(signed: Cpts) -> None:
    old = called(signed, datetime(2018, 7, 1, 9, tzinfo=UTC))
    called(signed, datetime(2021, 7, 1, 9, tzinfo=UTC))
    before = lines()
    assert all(line[1:] == ("Infirmier", True) for line in before)
    assert calls.forget(signed, LAST_DAY) == 0
    assert calls.forget(signed, AFTER) == 1
    db.session.commit()
    assert lines() == [(calls.ERASED, "Infirmier", False), before[1]]
    found = call_lists.results(old)
    assert (found.asked, found.reached, found.coming) == (1, 1, 1)
    assert calls.forget(signed, AFTER) == 0


def test_without_a_signature_nothing_is_erased_nor_for_another_cpts(signed: Cpts) -> None:
    other = CptsFactory()
    called(other, datetime(2015, 7, 1, 9, tzinfo=UTC))
    before = lines()
    assert (calls.forget(other, AFTER), calls.forget(signed, AFTER)) == (0, 0)
    assert lines() == before


def written(cpts: Cpts, opened_on: date, *, closes_on: date) -> None:
    """A campaign of one letter."""
    at = datetime.combine(opened_on, datetime.min.time(), tzinfo=UTC)
    db.session.add(
        VerificationCampaign(
            cpts_id=cpts.id,
            title="Printemps",
            audience="Adhérents",
            applies_answers=True,
            opened_at=at,
            opened_on=opened_on,
            opened_by_id=AccountFactory().id,
            closes_on=closes_on,
            letters=[CampaignLetter(contact=ContactFactory(cpts_id=cpts.id), email="camille@exemple.fr")],
        )
    )
    db.session.commit()


def test_the_letters_of_campaigns_that_are_over_go_and_the_people_stay(signed: Cpts) -> None:
    written(signed, date(2018, 5, 1), closes_on=date(2018, 6, 1))
    written(signed, date(2018, 5, 2), closes_on=date(2030, 6, 1))
    written(signed, date(2022, 5, 1), closes_on=date(2022, 6, 1))
    assert campaigns.forget(signed, LAST_DAY) == 0
    assert campaigns.forget(signed, AFTER) == 1
    db.session.commit()
    left = db.session.scalars(sa.select(VerificationCampaign.opened_on).join(VerificationCampaign.letters))
    assert sorted(left) == [date(2018, 5, 2), date(2022, 5, 1)]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 3
    assert campaigns.forget(signed, AFTER) == 0
