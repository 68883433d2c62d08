"""Findings: strong and weak points as they were said, as they are validated, and what is decided of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding, FindingEntry
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.debriefs.writing import hold_unvalidated, note
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements import queries as decided_of
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Source, Target
from crisis_plan.evaluation.improvements.rules import Origin, shortened


class WithdrawnAlready(RuleBroken):
    def __str__(self) -> str:
        return "Ce constat est retiré du bilan\u00a0: remettez-le d’abord, puis reprenez."


class NotAWeakPoint(RuleBroken):
    def __str__(self) -> str:
        return "Une amélioration se décide pour un point faible\u00a0: celui-ci est un point fort."


class DecidedAlready(RuleBroken):
    def __str__(self) -> str:
        return (
            "Une décision est déjà prise pour ce point faible\u00a0: changez-la depuis la page de l’amélioration, "
            "dans la liste des améliorations."
        )


@dataclass(frozen=True)
class Point:
    """What is said of a finding, but the words of the meeting: those never change."""

    kind: FindingKind
    target: Target = field(default_factory=Target)
    entry_ids: Sequence[UUID] = ()
    """Entries of the debrief's own logbook, in the order in which they are cited."""
    as_validated: str = ""


def add(debrief: Debrief, as_said: str, point: Point, *, by: Account, at: datetime) -> DebriefFinding:
    """Write down a strong or a weak point, under the next number. Raises `DebriefValidated`."""
    hold_unvalidated(debrief)
    last = db.session.scalar(
        sa.select(sa.func.max(DebriefFinding.number)).where(DebriefFinding.debrief_id == debrief.id)
    )
    finding = DebriefFinding(
        debrief_id=debrief.id,
        number=(last or 0) + 1,
        as_said=as_said,
        author_id=by.id,
        author_name=by.name,
        created_at=at,
        **_columns(point),
    )
    _cite(finding, point.entry_ids)
    db.session.add(finding)
    _note(debrief, finding, ["created"], by=by, at=at)
    return finding


def change(
    debrief: Debrief, finding: DebriefFinding, point: Point, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Say it as it is validated, what it rests on, where in the plan it leads.

    Raises `DebriefValidated`, `Stale`, `WithdrawnAlready`, and `DecidedAlready` for a weak point that would become a
    strong one once something was decided of it.
    """
    _take(debrief, finding, seen_version)
    if finding.withdrawn_at:
        raise WithdrawnAlready
    if point.kind is not finding.kind and _has_decisions(finding):
        raise DecidedAlready
    wanted = _columns(point)
    changed = [name for name, value in wanted.items() if getattr(finding, name) != value]
    for name in changed:
        setattr(finding, name, wanted[name])
    if [one.entry_id for one in finding.entries] != list(point.entry_ids):
        _cite(finding, point.entry_ids)
        changed.append("entries")
    if changed:
        finding.version += 1
        _note(debrief, finding, changed, by=by, at=at)


def withdraw(
    debrief: Debrief, finding: DebriefFinding, reason: str, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Take a finding off the debrief; it stays readable while the debrief is being written.

    Raises `DebriefValidated`, `Stale`, `WithdrawnAlready`.
    """
    _take(debrief, finding, seen_version)
    if finding.withdrawn_at:
        raise WithdrawnAlready
    finding.withdrawn_at, finding.withdrawn_why = at, reason
    finding.version += 1
    _note(debrief, finding, ["withdrawn_at"], by=by, at=at)


def put_back(debrief: Debrief, finding: DebriefFinding, *, by: Account, at: datetime) -> None:
    """Put back a finding that was taken off; twice is once. Raises `DebriefValidated`."""
    hold_unvalidated(debrief)
    hold(finding)
    if finding.withdrawn_at is None:
        return
    finding.withdrawn_at, finding.withdrawn_why = None, ""
    finding.version += 1
    _note(debrief, finding, ["withdrawn_at"], by=by, at=at)


def decide(debrief: Debrief, finding: DebriefFinding, decided: Decided, *, by: Account, at: datetime) -> Improvement:
    """An improvement that answers a weak point. Raises `DebriefValidated`, `WithdrawnAlready`, `NotAWeakPoint`."""
    _hold_weak(debrief, finding)
    return improvements.decide(debrief.cpts, decided, source_of(debrief, finding), by=by, at=at)


def refuse(debrief: Debrief, finding: DebriefFinding, reason: str, *, by: Account, at: datetime) -> Improvement:
    """Nothing will be made of a weak point, and the debrief says why.

    Raises `DebriefValidated`, `WithdrawnAlready`, `NotAWeakPoint`, `DecidedAlready`, `WordNeeded`.
    """
    _hold_weak(debrief, finding)
    if _has_decisions(finding):
        raise DecidedAlready
    target = Target(finding.section_key, finding.card_id, finding.target)
    text, source = shortened(finding.text), source_of(debrief, finding)
    return improvements.refuse_at_once(debrief.cpts, text, reason, source, target=target, by=by, at=at)


def source_of(debrief: Debrief, finding: DebriefFinding) -> Source:
    """« Crise n° 1 : Canicule, constat n° 3 »."""
    origin = Origin.EXERCISE if debrief.is_exercise else Origin.CRISIS
    words = f"{debrief.subject}\u00a0: {debrief.title}, constat n°\u00a0{finding.number}"
    return Source(origin, words, finding_id=finding.id, exercise_id=debrief.exercise_id)


def refuse_unless_weak(finding: DebriefFinding) -> None:
    """Only a weak point of the debrief ends in an improvement. Raises `WithdrawnAlready`, `NotAWeakPoint`."""
    if finding.withdrawn_at:
        raise WithdrawnAlready
    if finding.kind is not FindingKind.WEAK:
        raise NotAWeakPoint


def _take(debrief: Debrief, finding: DebriefFinding, seen_version: int) -> None:
    hold_unvalidated(debrief)
    take(finding, seen_version)


def _hold_weak(debrief: Debrief, finding: DebriefFinding) -> None:
    hold_unvalidated(debrief)
    hold(finding)
    refuse_unless_weak(finding)


def _has_decisions(finding: DebriefFinding) -> bool:
    return bool(decided_of.of_findings([finding.id]))


def _columns(point: Point) -> dict[str, object]:
    return {
        "kind": point.kind,
        "as_validated": point.as_validated,
        "section_key": point.target.section_key,
        "card_id": point.target.card_id,
        "target": point.target.title[:200],
    }


def _cite(finding: DebriefFinding, entry_ids: Sequence[UUID]) -> None:
    """What is cited still stays the same row."""
    known = {one.entry_id: one for one in finding.entries}
    wanted = []
    for position, entry_id in enumerate(dict.fromkeys(entry_ids), start=1):
        cited = known.get(entry_id) or FindingEntry(entry_id=entry_id)
        cited.position = position
        wanted.append(cited)
    finding.entries = wanted


def _note(debrief: Debrief, finding: DebriefFinding, fields: Sequence[str], *, by: Account, at: datetime) -> None:
    db.session.flush()
    note(debrief, [f"finding.{finding.number}.{name}" for name in fields], by=by, at=at)
