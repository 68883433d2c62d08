"""Recording what an authority did: a saying is added, never changed, even after the closing. Source: domain, section 5.

A recognition often arrives once the crisis is over, and money hangs on it: its entry then goes to the sealed annex.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.crises.models import Crisis
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

    Raises `CorrectedAlready`, and what the logbook refuses (`LateWithoutReason`, `NotYetHappened`…).
    """
    hold(crisis)
    _refuse_twice(corrects)
    entry = append_entry(crisis, _written(kind, told, corrects), by=by, at=at, attachments=attachments)
    said = {name: getattr(told, name) for name in ("happened_at", "body", "person", "text")}
    plans = [plan.value for plan in told.orsan_plans]
    corrects_id = corrects.id if corrects else None
    fact = CrisisFact(crisis_id=crisis.id, kind=kind, orsan_plans=plans, corrects_id=corrects_id, **said)
    return _kept(fact, entry.id, by=by, at=at)


def withdraw(crisis: Crisis, fact: CrisisFact, *, reason: str, by: Account, at: datetime) -> CrisisFact:
    """Say that a fact did not happen, and why; it stays readable. Raises `CorrectedAlready`."""
    hold(crisis)
    _refuse_twice(fact)
    text = f"Fait retiré{_in_the_annex(fact)}\u00a0: {fact.kind.label} ({fact.body}).\n{reason}"
    entry = append_entry(crisis, Written(EntryKind.CORRECTION, text, corrects=_cited(fact)), by=by, at=at)
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


def _written(kind: FactKind, told: Told, corrects: CrisisFact | None) -> Written:
    return Written(
        EntryKind.CORRECTION if corrects else ENTRY_KINDS[kind],
        _in_words(kind, told, corrects),
        happened_at=told.happened_at,
        origin=", ".join(part for part in (told.person, told.body) if part),
        late_reason=told.late_reason,
        corrects=_cited(corrects),
    )


def _in_words(kind: FactKind, told: Told, corrects: CrisisFact | None) -> str:
    act = f"Fait corrigé{_in_the_annex(corrects)}" if corrects else "Fait consigné"
    plans = f" ({', '.join(plan.label for plan in told.orsan_plans)})" if told.orsan_plans else ""
    return "\n".join(line for line in (f"{act}\u00a0: {kind.label}{plans}.", told.text) if line)


def _cited(corrected: CrisisFact | None) -> int | None:
    """The number that an entry cites: of the log itself; what is in the annex is named in words."""
    return corrected.entry.number if corrected and not corrected.was_after_closing else None


def _in_the_annex(corrected: CrisisFact) -> str:
    return f" ({corrected.entry.name})" if corrected.was_after_closing else ""


def _kept(fact: CrisisFact, entry_id: uuid.UUID, *, by: Account, at: datetime) -> CrisisFact:
    fact.entry_id, fact.recorded_at = entry_id, at
    fact.recorded_by_id, fact.recorded_by_name = by.id, by.name
    db.session.add(fact)
    db.session.flush()
    return fact
