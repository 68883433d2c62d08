"""Crises of the demonstration: a fire last summer, closed and sealed; an exercise after it; one that is played now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from crisis_plan.access import queries as access
from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.demo.crisis_fire import fire
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, NIGHT, REFERENT, SCREENING
from crisis_plan.demo.crisis_reach import answers, first_messages
from crisis_plan.demo.crisis_script import PARIS, end, gestures, lines, need, opened, play, working_day
from crisis_plan.demo.mobilisation import time_of_the_night
from crisis_plan.demo.people import People
from crisis_plan.demo.situation_reports import (
    NIGHT_DRAFT,
    NIGHT_FIRST,
    tell_draft,
    tell_report,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.room import levels
from crisis_plan.pilotage.room.openings import Opening

SUMMER, AUTUMN = timedelta(days=101), timedelta(days=54)
CELL_MEMBER = "cellule@demo.example"


def tell_crises(cpts: Cpts, people: People, *, now: datetime) -> Crisis:
    """A crisis and an exercise that are over, and an exercise that began half an hour ago; the crisis."""
    who = who_acts(people)
    today = now.astimezone(PARIS).date()
    burnt = fire(cpts, who, at=_moment(today - SUMMER, 14, 5))
    _screening(cpts, who, at=_moment(working_day(today - AUTUMN), 9, 30))
    _night(cpts, who, at=now - timedelta(minutes=34))
    return burnt


def who_acts(people: People) -> dict[str, Account]:
    """Those who write in the crises of the story."""
    cell = access.account_by_email(CELL_MEMBER)
    if cell is None:
        raise LookupError(CELL_MEMBER)
    return {REFERENT: people.referent, COORDINATION: people.coordinator, CELL: cell}


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), PARIS)


def _screening(cpts: Cpts, who: dict[str, Account], *, at: datetime) -> None:
    opening = Opening(
        Mode.EXERCISE,
        "Laboratoires fermés",
        CrisisType.CARE_DISRUPTED,
        levels.named(cpts, "Pré-alerte"),
        reason="Exercice sur table du programme annuel.",
    )
    crisis = opened(cpts, opening, by=who[COORDINATION], at=at)
    play(at, lines(crisis, SCREENING, who))
    end(
        crisis, who, at=at + timedelta(minutes=110), reason="Fin de l’exercice\u00a0: les tâches n’étaient pas à jouer."
    )


def _night(cpts: Cpts, who: dict[str, Account], *, at: datetime) -> None:
    opening = Opening(
        Mode.EXERCISE,
        "Cyberattaque de l’hôpital",
        CrisisType.CARE_DISRUPTED,
        levels.named(cpts, "Activation partielle"),
        reason="Exercice annoncé à la cellule.",
        alert={"body": "Animation de l’exercice", "nature": "L’hôpital n’a plus ni messagerie ni dossiers."},
    )
    crisis = opened(cpts, opening, by=who[REFERENT], at=at)
    dialysis = replace(
        need(cpts, "Uzès", NeedKind.CONTINUITY, "Transport vers Nîmes demain à 6\u00a0h", 4), care=CareKind.DIALYSIS
    )
    play(
        at,
        answers(crisis, who[REFERENT], start=3, people=6),
        first_messages(cpts, crisis, who[CELL], minutes=(9, 18)),
        lines(crisis, NIGHT, who),
        [(28, lambda now: needs.note(crisis, dialysis, by=who[CELL], at=now))],
        gestures(crisis, who[CELL], 29, done=3, dropped=0),
        time_of_the_night(cpts, crisis, who[CELL]),
        [
            (15, lambda now: tell_report(cpts, crisis, NIGHT_FIRST, by=who[CELL], at=now)),
            (33, lambda now: tell_draft(cpts, crisis, NIGHT_DRAFT, by=who[CELL], at=now)),
        ],
    )
