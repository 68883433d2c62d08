"""The only list of who contributes dates to the calendar of a CPTS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time

from crisis_plan.adaptation.places import queries as places
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.anticipation.stock.rules import next_count
from crisis_plan.calendars.rules import CalendarDate, DateKind
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.follow_up.sentences import calendar_days as lesson_days
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries as neighbours
from crisis_plan.web.formats import number, short_date
from crisis_plan.yearly_update.deadlines import queries as deadlines
from crisis_plan.yearly_update.deadlines.sentences import UPDATE

Contributor = Callable[[Cpts, date], Iterable[CalendarDate]]

PLACE_CHECKED_EVERY = 12
"""Months: places are checked with the yearly update (domain, section 8)."""


def exercise_dates(cpts: Cpts, _today: date) -> Iterable[CalendarDate]:
    """What is planned, and what took place; not what was cancelled."""
    for one in exercises.exercises(cpts):
        if one.cancelled_on is None:
            yield CalendarDate(
                DateKind.EXERCISE,
                f"exercise-{one.id}",
                one.held_on or one.planned_on,
                one.name,
                one.updated_at,
                "cpts.exercises.show",
                {"exercise_id": one.id},
                place=one.place,
                revision=one.version - 1,
            )


def pace_dates(cpts: Cpts, today: date) -> Iterable[CalendarDate]:
    """By when each kind of exercise is to be done again, unless it is planned by then."""
    for one in exercises.standings(cpts, today):
        if one.due_on and one.last_held_on and not (one.planned_on and one.planned_on <= one.due_on):
            yield CalendarDate(
                DateKind.PACE,
                f"pace-{one.kind.value}-{cpts.id}",
                one.due_on,
                f"{one.kind.label}\u00a0: à refaire avant cette date (rythme indicatif)",
                _at_midnight(one.last_held_on),
                "cpts.exercises.index",
            )


def stock_dates(cpts: Cpts, today: date) -> Iterable[CalendarDate]:
    """What expires, and what is to be counted again."""
    for held in stock.held_items(cpts, today):
        item = held.item
        for batch in item.batches:
            if batch.expires_on and batch.quantity:
                unit = f" × {item.unit}" if item.unit else ""
                yield CalendarDate(
                    DateKind.EXPIRY,
                    f"batch-{batch.id}",
                    batch.expires_on,
                    f"Péremption\u00a0: {item.name} ({number(batch.quantity)}{unit})",
                    item.updated_at,
                    "cpts.stock.show",
                    {"item_id": item.id},
                )
        if item.batches and (due_on := next_count(held.counted_on, item.count_every_months)):
            yield CalendarDate(
                DateKind.COUNT,
                f"count-{item.id}",
                due_on,
                f"Stock à recompter\u00a0: {item.name}",
                item.updated_at,
                "cpts.stock.show",
                {"item_id": item.id},
            )


def referent_dates(cpts: Cpts, _today: date) -> Iterable[CalendarDate]:
    """When a duty begins or ends; without the name, which has no place in a calendar kept elsewhere."""
    for duty in referents.duties(cpts):
        rank = duty.rank.label.lower()
        told = [("start", duty.starts_on, f"Un référent de crise {rank} prend ses fonctions")]
        if duty.ends_on:
            told.append(("end", duty.ends_on, f"Dernier jour du référent de crise {rank}"))
        for what, day, title in told:
            yield CalendarDate(
                DateKind.REFERENT,
                f"duty-{what}-{duty.id}",
                day,
                title,
                duty.created_at,
                "cpts.referents.index",
                revision=duty.version - 1,
            )


def place_dates(cpts: Cpts, _today: date) -> Iterable[CalendarDate]:
    """When each place is to be checked again."""
    for place in places.places(cpts):
        if place.checked_on:
            yield CalendarDate(
                DateKind.PLACE,
                f"place-{place.id}",
                add_months(place.checked_on, PLACE_CHECKED_EVERY),
                f"Lieu à vérifier\u00a0: {place.name} (vu le {short_date(place.checked_on)})",
                place.updated_at,
                "cpts.places.show",
                {"place_id": place.id},
            )


def neighbour_dates(cpts: Cpts, _today: date) -> Iterable[CalendarDate]:
    """When each neighbouring plan is to be looked at again."""
    for plan in neighbours.dates(cpts):
        yield CalendarDate(
            DateKind.NEIGHBOUR,
            f"neighbour-{plan.id}",
            plan.next_check_on,
            f"Plan voisin à revoir\u00a0: {plan.name}",
            plan.updated_at,
            "cpts.neighbours.show",
            {"plan_id": plan.id},
            revision=plan.version - 1,
        )


def lesson_dates(cpts: Cpts, _today: date) -> Iterable[CalendarDate]:
    """The meetings and the report of each debrief being written, the last day of each open improvement."""
    for one in lesson_days(improvements.still_open(cpts), debriefs.being_written(cpts)):
        yield CalendarDate(DateKind.LESSON, **vars(one))


def mission_dates(cpts: Cpts, today: date) -> Iterable[CalendarDate]:
    """What the contract makes due and is not done, the next update, and the years of the mission."""
    for one in deadlines.calendar_days(cpts, today):
        kind = DateKind.UPDATE if one.endpoint == UPDATE else DateKind.MISSION
        yield CalendarDate(kind, **vars(one))


CONTRIBUTORS: tuple[Contributor, ...] = (
    exercise_dates,
    pace_dates,
    mission_dates,
    stock_dates,
    referent_dates,
    place_dates,
    neighbour_dates,
    lesson_dates,
)


def all_dates(cpts: Cpts, today: date) -> list[CalendarDate]:
    """Everything that any of them says, in no order."""
    return [found for contribute in CONTRIBUTORS for found in contribute(cpts, today)]


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
