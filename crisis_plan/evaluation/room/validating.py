"""Validating a debrief: all or nothing. Freeze → render → check → hash → store the bytes, as the plan is published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import db, writing
from crisis_plan.document import serial
from crisis_plan.document.blocks import Document
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.completeness import Missing, missing
from crisis_plan.evaluation.debriefs.writing import DebriefValidated, hold_unvalidated, note
from crisis_plan.evaluation.room.material import gather
from crisis_plan.evaluation.room.paper import debrief_paper
from crisis_plan.evaluation.room.paper_front import Validation
from crisis_plan.evaluation.room.printing import both_editions, keep
from crisis_plan.evaluation.room.working import words_of_the_log

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief


class DebriefIncomplete(RuleBroken):
    """Something stands against validating; `missing` says what."""

    status = 422

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self.missing = missing

    def __str__(self) -> str:
        return "Le bilan ne peut pas encore être validé\u00a0: complétez ce qui manque."


class DebriefMoved(RuleBroken):
    def __str__(self) -> str:
        return (
            "Le bilan, ou ce qu’il compte, a été modifié pendant sa mise en page. Rien n’a été validé\u00a0: relisez, puis "
            "validez de nouveau."
        )


def what_is_missing(debrief: Debrief, at: datetime) -> tuple[Missing, ...]:
    """What stands against validating it; a description that nobody wrote is the one of the logbook."""
    return missing(debrief.meetings, debrief.findings, debrief.description or words_of_the_log(debrief, at))


def validate(debrief: Debrief, *, by: Account, at: datetime) -> Debrief:
    """Freeze the debrief as it stands, with its two PDFs; nothing of it changes afterwards.

    Prints first, outside any lock; then takes the lock and stores only if nothing moved meanwhile. Raises
    `DebriefValidated`, `DebriefIncomplete`, `DebriefMoved`, `PrintFailed`.
    """
    if debrief.is_validated:
        raise DebriefValidated
    frozen = _freeze(debrief, by, at)
    files = both_editions(frozen)
    with writing():
        hold_unvalidated(debrief)
        if serial.canonical_bytes(_freeze(debrief, by, at)) != serial.canonical_bytes(frozen):
            raise DebriefMoved
        debrief.content = serial.to_json(frozen)
        debrief.content_sha256 = hashlib.sha256(serial.canonical_bytes(frozen)).hexdigest()
        debrief.validated_at, debrief.validated_by_id, debrief.validated_by_name = at, by.id, by.name
        keep(debrief, files)
        note(debrief, ["validated_at"], by=by, at=at)
        db.session.flush()
    return debrief


def _freeze(debrief: Debrief, by: Account, at: datetime) -> Document:
    """The document as it stands now. Raises `DebriefIncomplete`."""
    material = gather(debrief, at)
    if material.missing:
        raise DebriefIncomplete(material.missing)
    return debrief_paper(material, at=at, validation=Validation(by.name, at))
