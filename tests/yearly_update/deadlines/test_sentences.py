"""What the deadlines ask, as sentences, and the drawing of a year whatever the day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.due import Due, Rank
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.yearly_update.deadlines.rules import Achieved, deadlines, mission_years
from crisis_plan.yearly_update.deadlines.sentences import calendar_days, deadline_tasks, update_days
from crisis_plan.yearly_update.deadlines.strip import Window, year_strip
from tests.factories import NOON

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tenant:
    deadlines_from: MissionSource | None = MissionSource.AMENDMENT
    contract_signed_on: date | None = date(2024, 3, 1)
    amendment_signed_on: date | None = date(2025, 8, 31)
    mission_started_on: date | None = date(2025, 9, 1)
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    created_at: datetime = NOON
    version: int = 4


def tasks(cpts: Tenant, achieved: Achieved, today: date) -> tuple[Due, ...]:
    return deadline_tasks(deadlines(cpts, achieved, today), cpts, today)


def test_what_is_near_or_late_is_asked_with_its_day_and_its_gesture() -> None:
    (start,) = tasks(Tenant(), Achieved(), date(2026, 2, 5))
    assert start.sentence == (
        "Le plan est à écrire et à publier au plus tard le 28 février 2026 (6 mois à compter de la signature de "
        "l’avenant, le 31 août 2025)\u00a0: dans 23\u00a0jours."
    )
    assert (start.action, start.endpoint, start.due_on) == ("Ouvrir le plan", "cpts.plan.show", date(2026, 2, 28))
    late = tasks(Tenant(), Achieved(), date(2027, 1, 15))
    assert [(one.due_on, one.endpoint) for one in late] == [
        (date(2026, 2, 28), "cpts.plan.show"),
        (date(2027, 2, 28), "cpts.distribution.index"),
    ]
    assert "en retard de 321\u00a0jours." in late[0].sentence


def test_what_is_far_or_met_is_not_asked() -> None:
    assert tasks(Tenant(), Achieved(), date(2025, 12, 27)) == ()
    assert [one.due_on for one in tasks(Tenant(), Achieved(), date(2025, 12, 28))] == [date(2026, 2, 28)]
    written = Achieved(date(2026, 1, 5), date(2026, 1, 5), date(2026, 2, 1))
    assert tasks(Tenant(), written, date(2026, 3, 1)) == ()
    (update,) = tasks(Tenant(), written, date(2026, 7, 1))
    assert update.sentence == (
        "La mise à jour du plan est à publier au plus tard le 31 août 2026 (fin de l’année 1 de la mission)\u00a0: "
        "dans 61\u00a0jours."
    )


def test_what_is_missing_is_asked_after_what_is_due_and_leads_to_the_contract() -> None:
    cpts = Tenant(mission_started_on=None)
    first, lack = tasks(cpts, Achieved(), date(2026, 2, 5))
    assert first.due_on == date(2026, 2, 28)
    assert (lack.endpoint, lack.due_on, lack.rank) == ("cpts.deadlines.contract", None, Rank.BLOCKS_PAYMENT)
    assert lack.sentence.startswith("La date de début de la mission manque")


def test_the_days_of_a_calendar_keep_their_names_and_leave_out_what_is_met() -> None:
    cpts = Tenant()
    found = deadlines(cpts, Achieved(date(2026, 1, 5), date(2026, 1, 5)), date(2026, 2, 1))
    days = {one.key: one for one in calendar_days(found, cpts, NOON)}
    assert f"deadline-start-{cpts.id}" not in days
    assert days[f"deadline-deployment-{cpts.id}"].day == date(2027, 2, 28)
    assert days[f"deadline-year_end-1-{cpts.id}"].title == "Fin de l’année 1 de la mission"
    assert days[f"deadline-anniversary-5-{cpts.id}"].day == date(2029, 3, 1)
    assert {(one.revision, one.endpoint) for one in days.values()} == {(3, "cpts.deadlines.show")}
    assert {key.removesuffix(f"-{cpts.id}") for key, one in days.items() if one.stays_due} == {"deadline-deployment"}
    (update,) = update_days(found, cpts, NOON, 2)
    assert (update.key, update.day, update.changed_at) == (f"update-{cpts.id}", date(2026, 8, 31), NOON)
    assert (update.revision, update.endpoint, update.stays_due) == (5, "cpts.yearly_update.show", True)


def test_who_may_not_edit_the_contract_is_led_to_what_it_says() -> None:
    cpts = Tenant(mission_started_on=None)
    (lack,) = deadline_tasks((), cpts, date(2026, 2, 5), edits=False)
    assert (lack.action, lack.endpoint) == ("Voir les échéances", "cpts.deadlines.show")


@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)), st.integers(-400, 3000))
def test_the_strip_of_any_day_holds_today_its_months_and_everything_of_them(signed: date, later: int) -> None:
    today = signed + later * DAY
    cpts = Tenant(contract_signed_on=signed, amendment_signed_on=signed, mission_started_on=signed)
    found, years = deadlines(cpts, Achieved(published_on=signed), today), mission_years(signed, today)
    strip, window = year_strip(found, years, today), Window(today)
    drawn = [mark for lane in strip.lanes for mark in lane.marks]
    assert all(0 <= mark.position <= 1 for mark in drawn)
    assert len(drawn) == 1 + len([one for one in found if window.shows(one)])
    assert all(window.shows(one) for one in found if window.first <= one.on <= window.last)
    months = [tick for tick in strip.ticks if not tick.is_major]
    assert len(months) == 18
    assert [tick.position for tick in months] == sorted({tick.position for tick in months})
    bands = [band for lane in strip.lanes for band in lane.bands]
    assert all(0 <= band.start < band.end <= 1 for band in bands)
    ends = sorted((band.start, band.end) for band in bands)
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    assert all(strip.drawing(width).height > 0 for width in (880, 344))
