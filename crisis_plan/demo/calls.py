"""Calls of the demonstration: a test of last spring, closed and kept; another one that is running now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crisis_plan.access.models import Account
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, audience, operations
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Outcome, Purpose

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.pilotage.calls.models import CallList

SPRING = timedelta(days=150)
MESSAGE = (
    "Bonjour, ceci est un test de communication de la CPTS, il n’y a pas de crise. "
    "Si c’en était une, pourriez-vous venir, et à partir de quelle heure\u00a0?"
)


def tell_calls(cpts: Cpts, people: People, *, today: date) -> None:
    """A closed test of the cell and the adherents, and one of the cell that began last evening."""
    _spring_test(cpts, people, day=today - SPRING)
    _running_test(cpts, people, today=today)


def _spring_test(cpts: Cpts, people: People, *, day: date) -> None:
    """Nearly everyone answered, most within the hour: one in nine did not, one number was wrong."""
    opened = _at(day, 12, 30)
    called = _called(cpts, Choice(Audience.CELL), day) + _called(cpts, Choice(Audience.ADHERENTS), day)
    call_list = _open(
        cpts, "Test de communication du printemps", "Cellule de crise et adhérents", called, people, at=opened
    )
    for rank in range(len(call_list.lines)):
        caller = (people.referent, people.coordinator)[rank % 2]
        at = opened + timedelta(minutes=2 + rank * 37 % 55, seconds=rank * 13 % 60)
        if rank % 9 == 4:
            _note(call_list, rank, Report(Outcome.NO_ANSWER), by=caller, at=at)
            at += timedelta(minutes=75)
        _note(call_list, rank, _said(rank, at), by=caller, at=at)
    operations.close(call_list, by=people.referent, at=opened + timedelta(hours=4))


def _said(rank: int, at: datetime) -> Report:
    """What came of the last attempt to reach the person of this rank."""
    if rank == 7:
        return Report(Outcome.WRONG_NUMBER, note="Le numéro est celui de l’ancien cabinet.")
    if rank % 18 == 4:
        return Report(Outcome.NO_ANSWER)
    return Report(Outcome.REACHED, rank % 4 != 1, at + timedelta(hours=2) if rank % 4 == 2 else None)


def _running_test(cpts: Cpts, people: People, *, today: date) -> None:
    """Three people have been called; the others wait."""
    opened = _at(today - timedelta(days=1), 18, 45)
    called = _called(cpts, Choice(Audience.CELL), today)
    call_list = _open(cpts, "Test de la cellule de crise", Audience.CELL.label, called, people, at=opened)
    for rank, report in enumerate(
        (Report(Outcome.REACHED, comes=True), Report(Outcome.NO_ANSWER), Report(Outcome.REACHED, comes=False))
    ):
        if rank < len(called):
            _note(call_list, rank, report, by=people.coordinator, at=opened + timedelta(minutes=3 + 2 * rank))


def _open(cpts: Cpts, title: str, who: str, called: Sequence[Contact], people: People, *, at: datetime) -> CallList:
    return operations.open_list(
        cpts,
        purpose=Purpose.TEST,
        title=title,
        channel=Channel.TELEPHONE,
        message=MESSAGE,
        audience=who,
        contacts=called,
        by=people.coordinator,
        at=at,
    )


def _note(call_list: CallList, rank: int, report: Report, *, by: Account, at: datetime) -> None:
    line = call_list.lines[rank]
    attempts.record_attempt(line, report, seen_attempts=line.attempts_count, by=by, at=at)


def _called(cpts: Cpts, choice: Choice, day: date) -> list[Contact]:
    return list(audience.people(cpts, choice, day).contacts)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo("Europe/Paris"))
