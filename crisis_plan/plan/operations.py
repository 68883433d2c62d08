"""Writing a section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.evaluation.improvements import answering
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries
from crisis_plan.plan.models import Section, SectionState
from crisis_plan.plan.requirements import Requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.web.formats import local_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement


class CannotBeWaived(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette rubrique ne peut pas être déclarée sans objet : la trame la demande toujours."


def edit_section(
    cpts: Cpts,
    requirement: Requirement,
    answer: Answer,
    *,
    seen_version: int,
    by: Account,
    at: datetime,
    improvements: Sequence[Improvement] = (),
) -> Section:
    """Save what was written for a requirement, and the improvements that it answers; every earlier state is kept.

    Raises `Stale` when someone saved since `seen_version` (0: nothing was written yet), `CannotBeWaived`, and
    `NothingChanged` where an improvement is newer than the text.
    """
    if answer.waiver and not requirement.may_be_waived:
        raise CannotBeWaived
    hold(cpts)  # two people who save at the same moment follow each other
    section = queries.section(cpts, requirement.key)
    if section:
        db.session.refresh(section)
    if (section.version if section else 0) != seen_version:
        raise Stale
    if section is None or (section.text, section.waiver) != (answer.text, answer.waiver):
        section = _write(cpts, section or _begin(cpts, requirement), answer, by=by, at=at)
    day = local_date(section.edited_at, cpts)
    proof = f"Rubrique «\u00a0{requirement.label}\u00a0» modifiée le {day} (état n°\u00a0{section.version})"
    answering.answer(improvements, proof, last_changed_at=section.edited_at, by=by, at=at)
    return section


def _begin(cpts: Cpts, requirement: Requirement) -> Section:
    return Section(cpts_id=cpts.id, key=requirement.key, version=0)


def _write(cpts: Cpts, section: Section, answer: Answer, *, by: Account, at: datetime) -> Section:
    section.version += 1
    section.text, section.waiver = answer.text, answer.waiver
    section.edited_at, section.edited_by = at, by
    db.session.add(section)
    db.session.flush()
    _keep_state(section)
    history.record(history.Verb.CHANGED, "section", section.key, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return section


def _keep_state(section: Section) -> None:
    db.session.add(
        SectionState(
            section_id=section.id,
            version=section.version,
            text=section.text,
            waiver=section.waiver,
            edited_at=section.edited_at,
            edited_by_id=section.edited_by_id,
        )
    )
