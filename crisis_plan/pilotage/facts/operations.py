"""Recording what an authority did: a saying is added, never changed. Source: domain, section 5."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.web.attachments import Attachment

ENTRY_KINDS = {
    FactKind.ORSAN: EntryKind.INFORMATION,
    FactKind.REQUEST: EntryKind.REQUEST,
    FactKind.RECOGNITION: EntryKind.INFORMATION,
}


class CorrectedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Quelqu’un a déjà corrigé ou retiré ce fait\u00a0: relisez ce qui est consigné maintenant."


@dataclass(frozen=True)
class Told:
    """A fact as someone of the cell records it: who did it, when, what."""

    happened_at: datetime
    body: str
    person: str = ""
    text: str = ""
    orsan_plans: Sequence[OrsanPlan] = field(default=())
    late_reason: str = ""


def record(
    crisis: Crisis,
    kind: FactKind,
    told: Told,
    *,
    by: Account,
    at: datetime,
    attachments: Sequence[Attachment] = (),
    corrects: CrisisFact | None = None,
) -> CrisisFact:
    """Write a fact down, or write it again where it was wrong: the first saying stays readable.

    Raises `CrisisClosed`, `CorrectedAlready`, and what the logbook refuses (`LateWithoutReason`, `NotYetHappened`…).
    """
    hold_open(crisis)
    _refuse_twice(corrects)
    written = Written(
        EntryKind.CORRECTION if corrects else ENTRY_KINDS[kind],
        _in_words(kind, told, corrects),
        happened_at=told.happened_at,
        origin=", ".join(part for part in (told.person, told.body) if part),
        late_reason=told.late_reason,
        corrects=corrects.entry.number if corrects else None,
    )
    entry = append_entry(crisis, written, by=by, at=at, attachments=attachments)
    fact = CrisisFact(
        crisis_id=crisis.id,
        kind=kind,
        happened_at=told.happened_at,
        body=told.body,
        person=told.person,
        text=told.text,
        orsan_plans=[plan.value for plan in told.orsan_plans],
        corrects_id=corrects.id if corrects else None,
    )
    return _kept(fact, entry.id, by=by, at=at)


def withdraw(crisis: Crisis, fact: CrisisFact, *, reason: str, by: Account, at: datetime) -> CrisisFact:
    """Say that a fact did not happen, and why; it stays readable. Raises `CrisisClosed`, `CorrectedAlready`."""
    hold_open(crisis)
    _refuse_twice(fact)
    text = f"Fait retiré\u00a0: {fact.kind.label} ({fact.body}).\n{reason}"
    entry = append_entry(crisis, Written(EntryKind.CORRECTION, text, corrects=fact.entry.number), by=by, at=at)
    said = CrisisFact(
        crisis_id=crisis.id,
        kind=fact.kind,
        happened_at=fact.happened_at,
        body=fact.body,
        person=fact.person,
        text=reason,
        corrects_id=fact.id,
        is_withdrawal=True,
    )
    return _kept(said, entry.id, by=by, at=at)


def _refuse_twice(corrected: CrisisFact | None) -> None:
    """A saying is corrected once: what corrects it is corrected next."""
    if corrected is None:
        return
    again = sa.select(sa.exists().where(CrisisFact.corrects_id == corrected.id))
    if corrected.is_withdrawal or db.session.scalar(again):
        raise CorrectedAlready


def _in_words(kind: FactKind, told: Told, corrects: CrisisFact | None) -> str:
    plans = f" ({', '.join(plan.label for plan in told.orsan_plans)})" if told.orsan_plans else ""
    lines = [f"{'Fait corrigé' if corrects else 'Fait consigné'}\u00a0: {kind.label}{plans}.", told.text]
    return "\n".join(line for line in lines if line)


def _kept(fact: CrisisFact, entry_id: uuid.UUID, *, by: Account, at: datetime) -> CrisisFact:
    fact.entry_id, fact.recorded_at = entry_id, at
    fact.recorded_by_id, fact.recorded_by_name = by.id, by.name
    db.session.add(fact)
    db.session.flush()
    return fact
