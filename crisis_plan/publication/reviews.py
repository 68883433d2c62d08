"""The plan read again before it is published: as it would be frozen today, beside the version in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.document.blocks import Block, Document
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries as plan
from crisis_plan.plan.rules import Overview, very_short
from crisis_plan.publication import chapters, queries
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import Issue, PublicationKind
from crisis_plan.yearly_update import things
from crisis_plan.yearly_update.signatures import chapter as signed_list
from crisis_plan.yearly_update.signatures.queries import count_standing
from crisis_plan.yearly_update.signatures.rules import Line, progress


def review(cpts: Cpts, *, by: Account, today: date) -> dict[str, Any]:
    """The document, the version in force (none before the first one), what differs and what is improved."""
    kind = PublicationKind.PUBLISHED
    issue = Issue(kind, queries.next_number(cpts, kind), today, by.name)
    document = chapters.freeze(cpts, issue, address="")
    current = queries.current(cpts)
    return {
        "document": document,
        "issue": issue,
        "current": current,
        "changes": chapters.since_before(document, queries.frozen(current)),
        "progress": progress(lines(cpts, document, current)),
        **improved(cpts),
    }


def preparing(cpts: Cpts, today: date) -> dict[str, Any]:
    """What the publishing page shows beside its form."""
    written, current = plan.sections(cpts), queries.current(cpts)
    return {
        "missing": Overview(plan.assessments(cpts, written, today)).missing,
        "very_short": very_short(plan.answers(written)),
        "open_mobiles": directory.open_mobiles(cpts),
        "current": current,
        "signed": count_standing(current) if current else 0,
        "number": queries.next_number(cpts, PublicationKind.PUBLISHED),
        **improved(cpts),
    }


def lines(cpts: Cpts, document: Document, current: Publication | None) -> tuple[Line, ...]:
    """Where each thing of the plan, frozen so, stands since the version in force; nothing before a first one."""
    if current is None:
        return ()
    found = chapters.since_before(document, queries.frozen(current))
    return things.lines(cpts, current, found, document.dated_on)


def lines_today(cpts: Cpts, current: Publication, today: date) -> tuple[Line, ...]:
    """The same of the plan as it stands today, which is frozen to be compared."""
    issue = Issue(PublicationKind.PUBLISHED, current.number + 1, today, "")
    return lines(cpts, chapters.freeze(cpts, issue, address=""), current)


def reviewed(found: Sequence[Line], current: Publication | None) -> tuple[Block, ...]:
    """What the next version prints of its yearly update."""
    return signed_list.reviewed(found, current.name.lower()) if current else ()


def improved(cpts: Cpts) -> dict[str, Any]:
    """The improvements that a version published now would answer, and how many stay open."""
    return {"answered": improvements.done_and_not_named(cpts), "still_open": len(improvements.still_open(cpts))}
