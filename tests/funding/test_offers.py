"""What is offered to a CPTS, once each: read from its versions, its crises, its contract and its claims."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.funding import outside
from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.funding.models import Claim
from crisis_plan.funding.offers import Offer, crisis_subject, offers
from crisis_plan.funding.outside import AlreadyClaimed, Recorded, Subject
from crisis_plan.funding.rules import NO_PLAN, NOT_RECOGNISED
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.publication.rules import PublicationKind
from tests.factories import NOON, CptsFactory, member
from tests.funding.arranged import noon, recognise, sized, written
from tests.pilotage.crises.factories import a_crisis

START = date(2023, 6, 1)
TODAY = date(2026, 11, 23)
"""In the fourth year of the mission, that ends on 31 May 2027."""


@pytest.fixture
def author(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def mission(cpts: Cpts, author: Account) -> Cpts:
    """Size 3, first plan on 1 September 2023, an update in year 2 and one in year 4."""
    sized(cpts, Size.T3, START)
    for day in (date(2023, 9, 1), date(2024, 10, 1), date(2026, 9, 1)):
        written(cpts, day, author)
    return cpts


def told(cpts: Cpts, today: date = TODAY) -> dict[str, tuple[int, str]]:
    return {one.subject: (one.computation.total_cents // 100, one.refusal) for one in offers(cpts, today)}


def offered(cpts: Cpts, subject: str, today: date = TODAY) -> Offer:
    return next(one for one in offers(cpts, today) if one.subject == subject)


def record_outside(cpts: Cpts, offer: Offer, by: Account, state: ClaimState = ClaimState.PAID) -> Claim:
    subject = Subject(offer.subject, offer.line, offer.title, offer.mission_year)
    recorded = Recorded(state, date(2024, 1, 10), 4_500_000)
    return outside.record(cpts, subject, recorded, today=TODAY, by=by, at=NOON)


def test_year_1_once_and_an_update_for_each_later_year_that_has_one(mission: Cpts) -> None:
    assert told(mission) == {
        "year-1": (45_000, ""),
        "year-2": (22_500, ""),
        "year-3": (22_500, "Aucune mise à jour n’a été publiée du 01/06/2025 au 31/05/2026."),
        "year-4": (22_500, ""),
    }


def test_the_update_of_the_current_year_is_still_to_be_published(mission: Cpts) -> None:
    assert told(mission, date(2026, 8, 1))["year-4"][1] == "Mise à jour à publier au plus tard le 31 mai 2027."
    assert "year-5" not in told(mission)


def test_a_plan_first_written_in_a_later_year_is_owed_year_1_and_no_update(cpts: Cpts, author: Account) -> None:
    sized(cpts, Size.T3, START)
    written(cpts, TODAY, author)
    found = told(cpts)
    assert found["year-1"] == (45_000, "")
    assert found["year-3"][1] == "Aucun plan n’était encore écrit pendant cette année de la mission."
    assert found["year-4"][1] == "Mise à jour à publier au plus tard le 31 mai 2027."


def test_without_a_plan_nothing_is_offered_and_the_reason_is_said(cpts: Cpts, author: Account) -> None:
    sized(cpts, Size.T3, START)
    written(cpts, TODAY, author, PublicationKind.PROVISIONAL)
    assert {refusal for _euros, refusal in told(cpts).values()} == {NO_PLAN}


def test_an_earlier_version_counts_as_a_written_plan(cpts: Cpts, author: Account) -> None:
    sized(cpts, Size.T1, START)
    written(cpts, date(2021, 3, 1), author, PublicationKind.EARLIER)
    year_1 = offered(cpts, "year-1")
    assert (year_1.on, year_1.computation.total_cents, year_1.refusal) == (START, 2_500_000, "")


def test_a_plan_of_before_the_first_rates_is_refused_where_no_mission_start_is_known(
    cpts: Cpts, author: Account
) -> None:
    sized(cpts, Size.T1, None)
    written(cpts, date(2021, 3, 1), author, PublicationKind.EARLIER)
    assert list(told(cpts)) == ["year-1"]
    assert offered(cpts, "year-1").refusal.startswith("Aucun barème ne couvre le 01/03/2021")


def test_a_mission_that_has_not_begun_waits(cpts: Cpts, author: Account) -> None:
    sized(cpts, Size.T1, TODAY + timedelta(days=8))
    written(cpts, TODAY, author)
    assert told(cpts) == {"year-1": (25_000, "La mission commence le 1er décembre 2026.")}


def test_a_crisis_is_offered_once_recognised_and_no_more_once_withdrawn(mission: Cpts, author: Account) -> None:
    crisis = a_crisis(mission, author, at=noon(date(2026, 7, 1)))
    assert offered(mission, crisis_subject(crisis)).refusal == NOT_RECOGNISED
    fact = recognise(crisis, noon(date(2026, 7, 3)), author)
    offer = offered(mission, crisis_subject(crisis))
    assert (offer.refusal, offer.computation.total_cents, offer.on) == ("", 6_750_000, date(2026, 7, 3))
    facts.withdraw(crisis, fact, reason="Erreur", by=author, at=noon(date(2026, 7, 4)))
    assert offered(mission, crisis_subject(crisis)).refusal == NOT_RECOGNISED


def test_the_first_recognition_that_stands_gives_the_day(mission: Cpts, author: Account) -> None:
    crisis = a_crisis(mission, author, at=noon(date(2026, 7, 1)))
    recognise(crisis, noon(date(2026, 7, 3)), author)
    recognise(crisis, noon(date(2026, 7, 9)), author)
    assert offered(mission, crisis_subject(crisis)).on == date(2026, 7, 3)


def test_an_exercise_is_never_offered(mission: Cpts, author: Account) -> None:
    exercise = a_crisis(mission, author, mode=Mode.EXERCISE, at=noon(date(2026, 7, 1)))
    recognise(exercise, noon(date(2026, 7, 3)), author)
    assert crisis_subject(exercise) not in told(mission)


def test_two_recognised_crises_are_two_lines(mission: Cpts, author: Account) -> None:
    for day in (1, 20):
        recognise(a_crisis(mission, author, at=noon(date(2026, 7, day))), noon(date(2026, 7, day)), author)
    assert [one.computation.total_cents for one in offers(mission, TODAY) if one.line is FundingLine.CRISIS] == [
        6_750_000,
        6_750_000,
    ]


def test_what_was_claimed_outside_is_not_offered_again_until_it_is_withdrawn(mission: Cpts, author: Account) -> None:
    claim = record_outside(mission, offered(mission, "year-1"), author)
    offer = offered(mission, "year-1")
    assert (offer.claim, offer.is_open, offer.possible_cents) == (claim, False, 0)
    outside.withdraw(claim, reason="Saisie par erreur", today=TODAY, by=author, at=NOON)
    assert offered(mission, "year-1").is_open


def test_a_line_is_never_claimed_twice(mission: Cpts, author: Account) -> None:
    offer = offered(mission, "year-1")
    record_outside(mission, offer, author)
    with pytest.raises(AlreadyClaimed, match="n°\u00a01, payée"):
        record_outside(mission, offer, author)
    assert db.session.query(Claim).count() == 1
    twin = Claim(
        cpts_id=mission.id, number=2, line=offer.line, subject=offer.subject, title="", state=ClaimState.PREPARING,
        opened_at=NOON, opened_by_id=author.id, opened_by_name=author.name,
    )  # fmt: skip
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_another_cpts_sees_nothing_of_it(mission: Cpts, author: Account) -> None:
    record_outside(mission, offered(mission, "year-1"), author)
    other = sized(CptsFactory(), Size.T3, START)
    written(other, date(2023, 9, 1), author)
    assert offered(other, "year-1").is_open
