"""Debriefs to arrange a test with, opened as the application opens them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from flask import current_app

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings, meetings, queries
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.meetings import Told
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
from crisis_plan.evaluation.debriefs.operations import Subject, open_debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind, proposed_dates
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Target
from crisis_plan.evaluation.room import validating
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.models import LogbookEntry
from tests.anticipation.exercises.factories import exercise
from tests.factories import NOON, TODAY
from tests.pilotage.crises.factories import a_crisis

OVER = StandDown(decided_by="Pilote", reason="Plus aucun besoin.")


def a_closed_crisis(
    cpts: Cpts,
    by: Account,
    *,
    title: str = "Feu de forêt",
    mode: Mode = Mode.REAL,
    at: datetime = NOON,
    tell: Callable[[Crisis], object] | None = None,
) -> Crisis:
    """A crisis that was opened, lived through by `tell`, stood down five hours later and closed an hour after."""
    crisis = a_crisis(cpts, by, title=title, mode=mode, at=at)
    if tell:
        tell(crisis)
    with current_app.test_request_context():
        closing.stand_down(crisis, OVER, by=by, at=at + timedelta(hours=5))
        closing.close(crisis, reason="Tout est repris ailleurs.", by=by, at=at + timedelta(hours=6))
    return crisis


def a_debrief(
    cpts: Cpts,
    by: Account,
    *,
    title: str = "Feu de forêt",
    mode: Mode = Mode.REAL,
    at: datetime = NOON,
    tell: Callable[[Crisis], object] | None = None,
) -> Debrief:
    """The debrief that opened with the closing of such a crisis; committed."""
    crisis = a_closed_crisis(cpts, by, title=title, mode=mode, at=at, tell=tell)
    debrief = queries.of_crisis(cpts, crisis.id)
    assert debrief, "closing opens the debrief"
    db.session.commit()
    return debrief


def a_programme_debrief(cpts: Cpts, by: Account, held: Exercise | None = None, *, at: datetime = NOON) -> Debrief:
    """The debrief of an exercise of the programme, held today; committed."""
    held = held or exercise(cpts, held_on=TODAY)
    subject = Subject(held.kind.label, held.title, held.held_on or TODAY, True, CrisisType.ILL, exercise_id=held.id)
    debrief = open_debrief(cpts, subject, proposed_dates(subject.over_on), by=by, at=at)
    db.session.commit()
    return debrief


def a_finding(
    debrief: Debrief,
    by: Account,
    text: str = "La fiche ne disait pas qui appeler le soir.",
    *,
    kind: FindingKind = FindingKind.WEAK,
    target: Target | None = None,
    entries: Sequence[LogbookEntry] = (),
    at: datetime = NOON,
) -> DebriefFinding:
    """A finding written down in this debrief; committed."""
    point = Point(kind, target or Target(), [one.id for one in entries])
    made = findings.add(debrief, text, point, by=by, at=at)
    db.session.commit()
    return made


def an_improvement(
    debrief: Debrief, finding: DebriefFinding, by: Account, *, due_on: date = TODAY + timedelta(days=90)
) -> Improvement:
    """What was decided of a weak point; committed."""
    decided = Decided("Ajouter les numéros du soir à la fiche", Owner(by.id, by.name), due_on)
    made = findings.decide(debrief, finding, decided, by=by, at=NOON)
    db.session.commit()
    return made


def a_validated_debrief(cpts: Cpts, by: Account, *, tell: Callable[[Crisis], object] | None = None) -> Debrief:
    """A debrief with a meeting held, a strong point, and a weak one of which something was decided; frozen, committed."""
    debrief = a_debrief(cpts, by, tell=tell)
    held = Told(TODAY, TODAY, "Camille Martin", "Pilote\nSecrétariat")
    meetings.tell(debrief, debrief.meetings[0], held, seen_version=1, today=TODAY, by=by, at=NOON)
    a_finding(debrief, by, "La salle a ouvert en une heure.", kind=FindingKind.STRONG)
    an_improvement(debrief, a_finding(debrief, by), by)
    validating.validate(debrief, by=by, at=NOON)
    db.session.commit()
    return debrief
