"""What is due and when, read like the domain page; and what holds for any date."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.months import add_months
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.publication.deadlines import mission_year, update_due
from crisis_plan.yearly_update.deadlines.doubts import contradictions, missing
from crisis_plan.yearly_update.deadlines.rules import (
    Achieved,
    Deadline,
    DeadlineKind,
    DeadlineState,
    deadlines,
    mission_years,
)

DAY = timedelta(days=1)
NOTHING = Achieved()
START, DEPLOYMENT, UPDATE = DeadlineKind.START, DeadlineKind.DEPLOYMENT, DeadlineKind.UPDATE
any_day = st.dates(date(2000, 1, 1), date(2090, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2028, 2, 29), date(2025, 8, 31), date(2025, 12, 31), date(2023, 11, 30)]
)


@dataclass(frozen=True)
class Signed:
    """A contract, in a test's words."""

    deadlines_from: MissionSource | None = MissionSource.CONTRACT
    contract_signed_on: date | None = None
    amendment_signed_on: date | None = None
    mission_started_on: date | None = None


def of(kind: DeadlineKind, found: tuple[Deadline, ...]) -> list[Deadline]:
    return [one for one in found if one.kind is kind]


@pytest.mark.parametrize(
    ("signed", "start", "deployment"),
    [
        (date(2025, 8, 31), date(2026, 2, 28), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2024, 8, 29), date(2025, 8, 29)),
        (date(2023, 8, 31), date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 8, 29), date(2026, 2, 28), date(2027, 2, 28)),
        (date(2026, 1, 15), date(2026, 7, 15), date(2027, 7, 15)),
        (date(2025, 12, 31), date(2026, 6, 30), date(2027, 6, 30)),
    ],
)
def test_six_and_eighteen_months_after_the_signature(signed: date, start: date, deployment: date) -> None:
    found = deadlines(Signed(contract_signed_on=signed), NOTHING, signed)
    assert [(one.kind, one.on) for one in found if one.kind.is_to_do] == [(START, start), (DEPLOYMENT, deployment)]


def test_what_counts_is_what_the_cpts_chose() -> None:
    dates = {"contract_signed_on": date(2024, 1, 10), "amendment_signed_on": date(2025, 3, 20)}
    of_contract = deadlines(Signed(MissionSource.CONTRACT, **dates), NOTHING, date(2026, 1, 1))
    of_amendment = deadlines(Signed(MissionSource.AMENDMENT, **dates), NOTHING, date(2026, 1, 1))
    assert of(START, of_contract)[0].on == date(2024, 7, 10)
    assert of(START, of_amendment)[0].on == date(2025, 9, 20)
    assert of(START, of_amendment)[0].reason == "6 mois à compter de la signature de l’avenant, le 20 mars 2025"
    anniversaries = [one.on for one in of(DeadlineKind.ANNIVERSARY, of_amendment)]
    assert anniversaries == [date(year, 1, 10) for year in range(2025, 2030)]


@pytest.mark.parametrize(
    ("contract", "lacks"),
    [
        (Signed(None), ["Dites si les échéances", "La date de début", "La date de signature du contrat manque"]),
        (Signed(None, date(2024, 1, 1), date(2025, 1, 1), date(2025, 1, 1)), ["Dites si les échéances"]),
        (Signed(MissionSource.CONTRACT), ["Vous comptez les échéances depuis le contrat", "La date de début"]),
        (
            Signed(MissionSource.AMENDMENT, date(2024, 1, 1), None, date(2025, 1, 1)),
            ["Vous comptez les échéances depuis l’avenant"],
        ),
        (Signed(MissionSource.CONTRACT, date(2024, 1, 1), None, date(2025, 1, 1)), []),
    ],
)
def test_what_is_missing_is_said_and_never_guessed(contract: Signed, lacks: list[str]) -> None:
    said = missing(contract)
    assert [one.startswith(lack) for one, lack in zip(said, lacks, strict=True)] == [True] * len(lacks)
    is_counted = contract.deadlines_from is MissionSource.CONTRACT and contract.contract_signed_on is not None
    assert bool(of(START, deadlines(contract, NOTHING, date(2026, 1, 1)))) is is_counted


def test_dates_that_contradict_each_other_are_said_and_kept() -> None:
    contract = Signed(MissionSource.CONTRACT, date(2025, 6, 1), date(2025, 5, 1), date(2025, 5, 20))
    said = contradictions(contract, date(2025, 5, 10))
    assert [one.partition(",")[0] for one in said] == [
        "L’avenant est daté du 1er mai 2025",
        "Le contrat est daté du 1er juin 2025",
        "La mission commence le 20 mai 2025",
    ]
    assert contradictions(Signed(MissionSource.CONTRACT, date(2025, 5, 1)), date(2025, 5, 1)) == ()


def test_a_plan_that_is_written_and_communicated_meets_both() -> None:
    contract = Signed(contract_signed_on=date(2025, 8, 31))
    achieved = Achieved(written_on=date(2025, 12, 1), communicated_on=date(2027, 3, 2))
    found = deadlines(contract, achieved, date(2027, 4, 1))
    assert [one.standing(date(2027, 4, 1)) for one in found if one.kind.is_to_do] == [
        "fait le 1er décembre 2025",
        "fait le 2 mars 2027, 2\u00a0jours après",
    ]


@pytest.mark.parametrize(
    ("today", "said", "state"),
    [
        (date(2026, 2, 5), "dans 23\u00a0jours", DeadlineState.COMING),
        (date(2026, 2, 27), "demain", DeadlineState.COMING),
        (date(2026, 2, 28), "aujourd’hui", DeadlineState.COMING),
        (date(2026, 3, 1), "en retard de 1\u00a0jour", DeadlineState.LATE),
        (date(2026, 3, 12), "en retard de 12\u00a0jours", DeadlineState.LATE),
    ],
)
def test_how_far_a_deadline_is(today: date, said: str, state: DeadlineState) -> None:
    (start,) = of(START, deadlines(Signed(contract_signed_on=date(2025, 8, 31)), NOTHING, today))
    assert (start.standing(today), start.state(today)) == (said, state)


def test_nobody_is_late_for_an_anniversary() -> None:
    (first, *_) = of(
        DeadlineKind.ANNIVERSARY, deadlines(Signed(contract_signed_on=date(2024, 2, 29)), NOTHING, date.max)
    )
    assert (first.on, first.state(date(2026, 1, 1)), first.standing(date(2026, 1, 1))) == (
        date(2025, 2, 28),
        DeadlineState.PAST,
        "passé",
    )


@pytest.mark.parametrize(
    ("published", "started", "today", "due", "reason"),
    [
        (date(2025, 8, 31), None, date(2025, 9, 1), date(2026, 8, 31), "12 mois après la dernière publication"),
        (date(2024, 2, 29), None, date(2024, 3, 1), date(2025, 2, 28), "12 mois après la dernière publication"),
        (date(2026, 6, 1), date(2025, 1, 1), date(2026, 7, 1), date(2026, 12, 31), "fin de l’année 2 de la mission"),
        (
            date(2026, 1, 10),
            date(2025, 3, 1),
            date(2026, 3, 1),
            date(2027, 1, 10),
            "12 mois après la dernière publication",
        ),
    ],
)
def test_the_next_update_with_its_reason(
    published: date, started: date | None, today: date, due: date, reason: str
) -> None:
    contract = Signed(None, mission_started_on=started)
    (update,) = of(UPDATE, deadlines(contract, Achieved(published_on=published), today))
    assert (update.on, update.reason) == (due, reason)


def test_before_a_plan_is_written_no_update_is_due() -> None:
    assert of(UPDATE, deadlines(Signed(), NOTHING, date(2026, 1, 1))) == []


def test_a_version_written_elsewhere_is_to_be_updated_too_until_one_is_published() -> None:
    earlier = Achieved(written_on=date(2023, 1, 1), earlier_on=date(2024, 1, 1))
    (update,) = of(UPDATE, deadlines(Signed(), earlier, date(2026, 1, 1)))
    assert (update.on, update.reason) == (date(2025, 1, 1), "12 mois après la version antérieure")
    published = Achieved(date(2023, 1, 1), published_on=date(2025, 6, 1), earlier_on=date(2024, 1, 1))
    (update,) = of(UPDATE, deadlines(Signed(), published, date(2026, 1, 1)))
    assert update.on == date(2026, 6, 1)


def test_the_years_of_a_mission_begun_on_29_february() -> None:
    years = mission_years(date(2024, 2, 29), date(2024, 3, 1))
    assert [(one.number, one.starts_on, one.ends_on) for one in years] == [
        (1, date(2024, 2, 29), date(2025, 2, 27)),
        (2, date(2025, 2, 28), date(2026, 2, 27)),
        (3, date(2026, 2, 28), date(2027, 2, 27)),
        (4, date(2027, 2, 28), date(2028, 2, 28)),
        (5, date(2028, 2, 29), date(2029, 2, 27)),
    ]
    assert mission_years(None, date(2024, 3, 1)) == ()


@given(any_day, st.integers(0, 4000))
def test_mission_years_follow_each_other_without_gap_or_overlap(started: date, later: int) -> None:
    today = started + later * DAY
    years = mission_years(started, today)
    assert years[0].starts_on == started
    assert all(before.ends_on + DAY == after.starts_on for before, after in pairwise(years))
    assert all(365 <= (one.ends_on - one.starts_on).days + 1 <= 366 or started.day >= 29 for one in years)
    assert [one.number for one in years] == list(range(1, len(years) + 1))
    assert len(years) >= 5
    (held,) = [one for one in years if one.holds(today)]
    assert held.number == mission_year(started, today)


@given(any_day, st.integers(0, 240))
def test_a_month_later_keeps_the_day_or_is_the_last_of_its_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])
    assert (later.year - day.year) * 12 + later.month - day.month == months


@given(any_day, any_day)
def test_a_later_signature_never_makes_anything_due_earlier(one: date, other: date) -> None:
    first, second = (deadlines(Signed(contract_signed_on=day), NOTHING, day) for day in sorted([one, other]))
    pairs = zip(first, second, strict=True)
    assert all(before.kind is after.kind and before.on <= after.on for before, after in pairs)


@given(any_day, any_day, any_day, st.integers(0, 2000))
def test_deadlines_come_by_day_each_once(signed: date, amended: date, started: date, later: int) -> None:
    contract = Signed(MissionSource.AMENDMENT, signed, amended, started)
    today = signed + later * DAY
    found = deadlines(contract, Achieved(published_on=signed), today)
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert len({one.key for one in found}) == len(found)
    due = update_due(published_on=signed, mission_started_on=started, today=today)
    assert [(one.on, one.reason) for one in of(UPDATE, found)] == [(due.on, due.reason)]
    assert all(one.standing(today) for one in found)
