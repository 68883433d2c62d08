"""Writing a section."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries
from crisis_plan.plan.models import Section, SectionState
from crisis_plan.plan.requirements import Requirement
from crisis_plan.plan.rules import Answer


class CannotBeWaived(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette rubrique ne peut pas être déclarée sans objet : la trame la demande toujours."


def edit_section(
    cpts: Cpts, requirement: Requirement, answer: Answer, *, seen_version: int, by: Account, at: datetime
) -> Section:
    """Save what was written for a requirement; every earlier state is kept.

    Raises `Stale` when someone saved since `seen_version` (0: nothing was written yet), and `CannotBeWaived`.
    """
    if answer.waiver and not requirement.may_be_waived:
        raise CannotBeWaived
    hold(cpts)  # two people who save at the same moment follow each other
    section = queries.section(cpts, requirement.key)
    if section:
        db.session.refresh(section)
    if (section.version if section else 0) != seen_version:
        raise Stale
    if section and (section.text, section.waiver) == (answer.text, answer.waiver):
        return section
    section = section or _begin(cpts, requirement)
    section.version = seen_version + 1
    section.text, section.waiver = answer.text, answer.waiver
    section.edited_at, section.edited_by = at, by
    db.session.add(section)
    db.session.flush()
    _keep_state(section)
    history.record(history.Verb.CHANGED, "section", requirement.key, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return section


def _begin(cpts: Cpts, requirement: Requirement) -> Section:
    return Section(cpts_id=cpts.id, key=requirement.key)


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
