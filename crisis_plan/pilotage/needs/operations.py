"""A need is noted, then answered: each change is an entry of the logbook."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import db, hold, take
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState, in_words


@dataclass(frozen=True)
class Need:
    """What a commune needs, as it is typed."""

    commune_code: str
    commune: str
    kind: NeedKind
    text: str
    care: CareKind | None = None
    people_count: int | None = None
    reported_by: str = ""


def note(crisis: Crisis, need: Need, *, key: uuid.UUID | None = None, by: Account, at: datetime) -> CommuneNeed:
    """Put a need on the board. Raises `CrisisClosed`."""
    hold_open(crisis)
    found = CommuneNeed(
        crisis_id=crisis.id, **asdict(need), state=NeedState.OPEN, created_at=at, updated_at=at, updated_by_name=by.name
    )
    _log(crisis, found, "Besoin", by=by, at=at, key=key)
    db.session.add(found)
    db.session.flush()
    return found


def rewrite(
    crisis: Crisis, found: CommuneNeed, need: Need, *, seen_version: int, by: Account, at: datetime
) -> CommuneNeed:
    """Write a need otherwise. Raises `CrisisClosed`, `Stale`."""
    hold_open(crisis)
    take(found, seen_version)
    if all(getattr(found, name) == value for name, value in asdict(need).items()):
        return found
    for name, value in asdict(need).items():
        setattr(found, name, value)
    _changed(found, by=by, at=at)
    _log(crisis, found, "Besoin corrigé", by=by, at=at)
    db.session.flush()
    return found


def answer(
    crisis: Crisis,
    found: CommuneNeed,
    state: NeedState,
    word: str,
    *,
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Say how far a need is answered; said again, nothing changes. Raises `CrisisClosed`."""
    hold_open(crisis)
    hold(found)
    if found.state is state and word in ("", found.answer):
        return
    found.state, found.answer = state, word or found.answer
    _changed(found, by=by, at=at)
    _log(crisis, found, state.label, by=by, at=at, key=key)
    db.session.flush()


def _changed(found: CommuneNeed, *, by: Account, at: datetime) -> None:
    found.version += 1
    found.updated_at, found.updated_by_name = at, by.name


def _log(
    crisis: Crisis, found: CommuneNeed, what: str, *, by: Account, at: datetime, key: uuid.UUID | None = None
) -> None:
    said = Written(EntryKind.NEED, in_words(what, found), origin=found.reported_by, client_key=key)
    found.entry_number = append_entry(crisis, said, by=by, at=at).number
