"""Stand-down, then closing: after it nothing of the crisis changes, but what arrives late goes to its annex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template

from crisis_plan import clock, history, outbox
from crisis_plan.access import queries as access
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.operations import Subject, open_debrief
from crisis_plan.evaluation.debriefs.rules import proposed_dates
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.closing.queries import warnings
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crises.rules import next_point_after
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.crisis_functions.ending import end_all
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.situation_reports import operations as situation_reports
from crisis_plan.web import links
from crisis_plan.web.formats import long_date, moment

SUBJECT = "crisis"


class StoodDownAlready(RuleBroken):
    def __str__(self) -> str:
        return "La levée a déjà été prononcée\u00a0: il reste à clore le journal."


class NotStoodDown(RuleBroken):
    def __str__(self) -> str:
        return "Prononcez d’abord la levée\u00a0: on clôt un journal quand la crise est levée."


class NothingToResume(RuleBroken):
    def __str__(self) -> str:
        return "La levée n’est pas prononcée\u00a0: la crise est déjà en cours."


class ReasonNeeded(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Tout n’est pas terminé\u00a0: dites pourquoi vous closez quand même, ou terminez d’abord."


@dataclass(frozen=True)
class StandDown:
    """The form of the domain, section 8."""

    decided_by: str
    reason: str
    handed_over: str = ""
    """Needs that remain, and who takes them over."""
    stock: str = ""
    """What is to be replenished, by whom."""
    hot_debrief_on: date | None = None
    cold_debrief_on: date | None = None


def stand_down(crisis: Crisis, said: StandDown, *, by: Account, at: datetime) -> LogbookEntry:
    """The crisis is over; its logbook stays open until it is closed. Raises `CrisisClosed`, `StoodDownAlready`."""
    hold_open(crisis)
    if crisis.stood_down_at is not None:
        raise StoodDownAlready
    entry = append_entry(
        crisis,
        Written(EntryKind.STAND_DOWN, _stand_down_words(said), decided_by=said.decided_by, reason=said.reason),
        by=by,
        at=at,
    )
    crisis.stood_down_at, crisis.next_point_at = at, None
    crisis.hot_debrief_on, crisis.cold_debrief_on = said.hot_debrief_on, said.cold_debrief_on
    crisis.version += 1
    history.record(
        history.Verb.CHANGED, SUBJECT, crisis.id, cpts_id=crisis.cpts_id, by=by, at=at, fields=["stood_down_at"]
    )
    db.session.flush()
    return entry


def _stand_down_words(said: StandDown) -> str:
    lines = ["Levée prononcée."]
    lines += [
        f"{label}\u00a0: {value}"
        for label, value in (
            ("Besoins qui demeurent", said.handed_over),
            ("Stock à reconstituer", said.stock),
            ("Retour à chaud", long_date(said.hot_debrief_on)),
            ("Retour à froid", long_date(said.cold_debrief_on)),
        )
        if value
    ]
    return "\n".join(lines)


def resume(crisis: Crisis, *, reason: str, by: Account, at: datetime) -> LogbookEntry:
    """What was stood down goes on, with the pace of its level. Raises `CrisisClosed`, `NothingToResume`."""
    hold_open(crisis)
    if crisis.stood_down_at is None:
        raise NothingToResume
    what = "L’exercice reprend" if crisis.is_exercise else "La crise reprend"
    text = f"{what}, après la levée du {moment(crisis.stood_down_at, crisis.cpts)}."
    crisis.stood_down_at, crisis.hot_debrief_on, crisis.cold_debrief_on = None, None, None
    crisis.next_point_at = next_point_after(at, crisis.report_every_minutes)
    crisis.version += 1
    situation_reports.await_again(crisis)
    history.record(
        history.Verb.CHANGED, SUBJECT, crisis.id, cpts_id=crisis.cpts_id, by=by, at=at, fields=["stood_down_at"]
    )
    db.session.flush()
    return append_entry(crisis, Written(EntryKind.ACTIVATION, text, reason=reason), by=by, at=at)


def close(crisis: Crisis, *, reason: str, by: Account, at: datetime) -> LogbookEntry:
    """The last entry, whose seal is sent to referents and coordinators: an outside witness of the whole log.

    Raises `CrisisClosed`, `NotStoodDown`, `ReasonNeeded` when something is left open and nothing is said of it.
    """
    hold_open(crisis)
    if crisis.stood_down_at is None:
        raise NotStoodDown
    left = warnings(crisis, at)
    if left.need_a_reason and not reason.strip():
        raise ReasonNeeded
    crisis_calls.close_all(crisis, by=by, at=at)
    end_all(crisis, at=at)
    lines = ["Journal clos.", *(f"Laissé ouvert\u00a0: {sentence}" for sentence in left.sentences)]
    entry = append_entry(crisis, Written(EntryKind.CLOSING, "\n".join(lines), reason=reason.strip()), by=by, at=at)
    crisis.closed_at, crisis.closed_by_id = at, by.id
    crisis.version += 1
    history.record(history.Verb.CHANGED, SUBJECT, crisis.id, cpts_id=crisis.cpts_id, by=by, at=at, fields=["closed_at"])
    db.session.flush()
    open_its_debrief(crisis, by=by, at=at)
    _tell_the_seal(crisis, entry, at=at)
    return entry


def open_its_debrief(crisis: Crisis, *, by: Account, at: datetime) -> Debrief:
    """Its draft is there the second the crisis closes; its dates are those that the stand-down announced."""
    over_on = clock.local(crisis.stood_down_at or at, crisis.cpts).date()
    subject = Subject(
        crisis.name, crisis.title, over_on, crisis.is_exercise, crisis_type=crisis.crisis_type, crisis_id=crisis.id
    )
    dates = proposed_dates(over_on, hot_on=crisis.hot_debrief_on, cold_on=crisis.cold_debrief_on)
    return open_debrief(crisis.cpts, subject, dates, by=by, at=at)


def _tell_the_seal(crisis: Crisis, entry: LogbookEntry, *, at: datetime) -> None:
    """Write to whoever keeps the plan: what is in their mail box nobody can change here."""
    link = links.absolute("cpts.logbook.index", slug=crisis.cpts.slug, crisis_id=crisis.id)
    subject = f"{crisis.mode.prefix}Journal clos\u00a0: {crisis.name}, entrée n° {entry.number}"
    mails = [
        Mail(
            account.email,
            subject,
            render_template(
                "mail/crisis_closed.txt", account=account, crisis=crisis, entry=entry, cpts=crisis.cpts, link=link
            ),
        )
        for account in access.coordinators_of(crisis.cpts)
    ]
    outbox.post_many(mails, at=at, cpts_id=crisis.cpts_id)
