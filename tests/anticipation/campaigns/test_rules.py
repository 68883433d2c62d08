"""Who a campaign asks, until when, and how far it has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan.anticipation.campaigns import rules
from crisis_plan.anticipation.campaigns.rules import Audience, Freshness, Share
from crisis_plan.anticipation.directory.rules import ContactKind
from tests.factories import TODAY


@pytest.mark.parametrize(
    ("verified_on", "kept"),
    [
        (None, {Freshness.ANY, Freshness.SIX_MONTHS, Freshness.STALE}),
        (date(2025, 11, 21), {Freshness.ANY, Freshness.SIX_MONTHS, Freshness.STALE}),
        (date(2025, 11, 22), {Freshness.ANY, Freshness.SIX_MONTHS}),
        (date(2026, 5, 21), {Freshness.ANY, Freshness.SIX_MONTHS}),
        (date(2026, 5, 22), {Freshness.ANY, Freshness.SIX_MONTHS}),
        (date(2026, 5, 23), {Freshness.ANY}),
    ],
)
def test_whoever_was_verified_lately_is_left_in_peace(verified_on: date | None, kept: set[Freshness]) -> None:
    assert {one for one in Freshness if one.keeps(verified_on, TODAY)} == kept


def test_an_audience_says_itself_in_words() -> None:
    assert Audience().said == "Tous les contacts"
    narrow = Audience(ContactKind.ADHERENT, Freshness.STALE, "Infirmier", "Uzès")
    assert narrow.said == "Adhérents, à vérifier, Infirmier, Uzès"
    assert narrow.address == {"type": "adherent", "depuis": "stale", "profession": "Infirmier", "commune": "Uzès"}


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False), (180, False), (181, True)])
def test_links_end_between_tomorrow_and_six_months(days: int, refused: bool) -> None:
    assert bool(rules.last_day_refusal(TODAY + timedelta(days=days), TODAY)) is refused


def test_links_answer_through_their_last_day_unless_closed() -> None:
    assert rules.is_open(is_closed=False, last_day=TODAY, today=TODAY)
    assert not rules.is_open(is_closed=False, last_day=TODAY, today=TODAY + timedelta(days=1))
    assert not rules.is_open(is_closed=True, last_day=TODAY, today=TODAY)


def test_the_reminder_is_offered_in_the_last_week_and_once() -> None:
    def offered(days: int, *, was_reminded: bool = False) -> bool:
        last_day = TODAY + timedelta(days=days)
        return rules.offers_reminder(is_open=True, was_reminded=was_reminded, last_day=last_day, today=TODAY)

    assert [offered(8), offered(7), offered(0), offered(3, was_reminded=True)] == [False, True, True, False]


def test_a_share_of_a_hundred_means_everyone() -> None:
    share = Share(asked=300, answered=299, verified=300)
    assert (share.answered_share, share.verified_share) == ("99\u00a0%", "100\u00a0%")
    assert Share().answered_share == Share(asked=300).verified_share == "0\u00a0%"


def test_one_of_many_is_not_nobody() -> None:
    assert Share(asked=726, answered=1).answered_share == "moins de 1\u00a0%"
    assert Share(asked=100, answered=1).answered_share == "1\u00a0%"


def test_the_mark_of_a_page_changes_with_any_figure() -> None:
    names = list(vars(Share()))
    marks = {Share(**{name: 1}).mark for name in names}
    assert len(marks) == len(names)
