"""Opening a crisis: one act, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, writing
from crisis_plan.document.blocks import Document
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crises.rules import next_point_after
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_functions import operations as crisis_functions
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.room import mails, snapshots, wording
from crisis_plan.pilotage.room.levels import called_for, cards_for
from crisis_plan.pilotage.room.openings import Opening
from crisis_plan.pilotage.tasks import operations as tasks
from crisis_plan.publication import queries as publication

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellPlace
    from crisis_plan.publication.models import Publication

BEFORE_THE_LOG = "Le journal n’était pas encore ouvert."
"""Why the alert is written after it came: nobody has to type it."""


class AlreadyOpen(RuleBroken):
    """Someone opened one of the same mode a moment ago; `twin` is it."""

    def __init__(self, twin: Crisis) -> None:
        super().__init__()
        self.twin = twin

    def __str__(self) -> str:
        if self.twin.is_exercise:
            return f"{self.twin.name} est déjà ouvert\u00a0: rejoignez-le."
        return f"{self.twin.name} est déjà ouverte\u00a0: rejoignez-la."


def open_crisis(cpts: Cpts, opening: Opening, *, by: Account, at: datetime) -> Crisis:
    """Open a crisis or an exercise: log, snapshot, functions, tasks and mails, all or nothing.

    What is frozen is read under the lock: it is what stands at that moment, and a directory of 700 contacts takes some
    tenths of a second. What the session held unsaved is dropped, as when a plan is published: a command or the demo's
    story commits before. Raises `AlreadyOpen`.
    """
    today = clock.local(at, cpts).date()
    told = mails.whom_to_tell(cpts, today)
    with writing():
        hold(cpts)
        twin = None if opening.anyway else crises.twin(cpts, opening.mode, at)
        if twin:
            raise AlreadyOpen(twin)
        frozen = snapshots.freeze(cpts, opening.mode, today=today, at=at)
        crisis = _opened(cpts, opening, by=by, at=at)
        _log(crisis, opening, frozen, by=by, at=at)
        _fill(cpts, crisis, opening, by=by, at=at)
        mails.tell_opening(cpts, crisis, told, at=at)
        return crisis


def _opened(cpts: Cpts, opening: Opening, *, by: Account, at: datetime) -> Crisis:
    level, current = opening.level, publication.current(cpts)
    crisis = Crisis(
        cpts_id=cpts.id,
        cpts=cpts,
        mode=opening.mode,
        number=crises.next_number(cpts, opening.mode),
        title=opening.title,
        crisis_type=opening.crisis_type,
        level_id=level.level_id,
        level_name=level.name,
        silence_minutes=level.silence_minutes,
        report_every_minutes=level.report_every_minutes,
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name=by.name,
        next_point_at=next_point_after(at, level.report_every_minutes),
        place=_seat(crisis_cell.place(cpts)),
        pen_account_id=by.id,
        pen_name=by.name,
        publication_id=current.id if current else None,
    )
    db.session.add(crisis)
    db.session.flush()
    db.session.add(CrisisAlert(crisis_id=crisis.id, updated_at=at, **opening.alert))
    return crisis


def _seat(place: CellPlace | None) -> str:
    """Where the plan says that the cell sits."""
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def _log(crisis: Crisis, opening: Opening, frozen: Document, *, by: Account, at: datetime) -> None:
    """The alert, then the activation: the first two entries, and what stood at that moment."""
    kept = snapshots.keep(crisis, frozen, at=at)
    current = publication.current(crisis.cpts)
    append_entry(crisis, _alert_entry(opening, at), by=by, at=at)
    text = wording.activation_text(crisis, _named(current), kept.sha256)
    activation = Written(
        EntryKind.ACTIVATION, text, reason=opening.reason, decided_by=opening.decided_by, client_key=opening.client_key
    )
    append_entry(crisis, activation, by=by, at=at)


def _alert_entry(opening: Opening, at: datetime) -> Written:
    alert, received_at = opening.alert, opening.received_at
    return Written(
        EntryKind.ALERT,
        wording.alert_text(opening.title, alert),
        happened_at=received_at,
        origin=wording.sender(alert),
        recipient=str(alert.get("taken_by") or ""),
        late_reason=BEFORE_THE_LOG if received_at and received_at < at else "",
    )


def _named(current: Publication | None) -> str:
    """« Version 2 du 12/03/2026 »; empty where no plan was published."""
    return f"{current.name} du {current.dated_on:%d/%m/%Y}" if current else ""


def _fill(cpts: Cpts, crisis: Crisis, opening: Opening, *, by: Account, at: datetime) -> None:
    """Who is on duty, from the cell; what to do, from the cards of this type and level; whom to call at once."""
    held = crisis_cell.functions(cpts, clock.local(at, cpts).date())
    asked = called_for(opening.level, [one.function for one in held])
    crisis_functions.fill_from_cell(crisis, held, asked, by=by, at=at)
    tasks.from_cards(crisis, cards_for(cpts, crisis.crisis_type, crisis.level_id), by=by, at=at)
    crisis_calls.open_for_cell(cpts, crisis, by=by, at=at)
