"""Situation reports of the demonstration: written, issued, sent; one that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crisis_plan import db
from crisis_plan.access.models import Account
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.situation_reports import operations, sending
from crisis_plan.pilotage.situation_reports.rules import Heading, Reader

if TYPE_CHECKING:
    from crisis_plan.pilotage.situation_reports.models import SituationReport

READ_AGAIN = timedelta(minutes=4)


@dataclass(frozen=True)
class Told:
    """What somebody wrote under the headings that nothing calculates, and until when the next point is."""

    evolution: str
    asked: str = ""
    next_in: timedelta | None = None


FIRST_EVENING = Told(
    "- Vent au nord jusqu’à minuit, fumées sur Uzès.\n- Nuit au gymnase pour une cinquantaine de personnes.",
    "- Une ligne de renfort infirmier pour la nuit, si le vent ne tombe pas.",
    timedelta(hours=16),
)
SECOND_DAY = Told(
    "- Retour des habitants de Belvézet autorisé à 14\u00a0h.\n- Le gymnase devrait fermer demain.",
    "",
    timedelta(hours=20),
)
NIGHT_FIRST = Told("L’hôpital ne sait pas encore quand sa messagerie reviendra.", "", timedelta(minutes=45))
NIGHT_DRAFT = Told("Retour de la messagerie annoncé pour demain midi.", "Une consigne pour les sortants de l’hôpital.")


def tell_report(
    cpts: Cpts, crisis: Crisis, told: Told, *, readers: tuple[Reader, ...] = (), by: Account, at: datetime
) -> None:
    """Somebody prepares a report, completes it, reads it again, issues it, and sends it."""
    report = tell_draft(cpts, crisis, told, by=by, at=at)
    known, issued_at = logbook.last_number(crisis), at + READ_AGAIN
    db.commit()  # issuing reads what is committed, then takes the lock
    operations.issue(cpts, crisis, report, seen_version=report.version, known_entry=known, by=by, at=issued_at)
    people = sending.people(cpts, readers, issued_at.date())
    if any(one.emails for one in people):
        sending.send(cpts, crisis, report, readers, people, key=None, by=by, at=issued_at)


def tell_draft(cpts: Cpts, crisis: Crisis, told: Told, *, by: Account, at: datetime) -> SituationReport:
    """Somebody prepares a report and completes what nothing calculates."""
    report = operations.prepare(cpts, crisis, by=by, at=at)
    next_point_at = at + told.next_in if told.next_in else report.next_point_at
    said = {Heading.EVOLUTION: told.evolution, Heading.ASKED: told.asked}
    operations.save(crisis, report, said, next_point_at=next_point_at, seen_version=report.version)
    return report
