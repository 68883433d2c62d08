"""The plan read again before it is published: as it would be frozen today, beside the version in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.document.changes import changes
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries as plan
from crisis_plan.plan.rules import Overview, very_short
from crisis_plan.publication import chapters, queries
from crisis_plan.publication.rules import Issue, PublicationKind


def review(cpts: Cpts, *, by: Account, today: date) -> dict[str, Any]:
    """The document, the version in force (none before the first one), what differs and what is improved."""
    kind = PublicationKind.PUBLISHED
    issue = Issue(kind, queries.next_number(cpts, kind), today, by.name)
    document = chapters.freeze(cpts, issue, address="")
    current = queries.current(cpts)
    before = chapters.without_changes(queries.frozen(current))
    return {
        "document": document,
        "issue": issue,
        "current": current,
        "changes": changes(before, document),
        **improved(cpts),
    }


def preparing(cpts: Cpts, today: date) -> dict[str, Any]:
    """What the publishing page shows beside its form."""
    written = plan.sections(cpts)
    return {
        "missing": Overview(plan.assessments(cpts, written, today)).missing,
        "very_short": very_short(plan.answers(written)),
        "open_mobiles": directory.open_mobiles(cpts),
        "current": queries.current(cpts),
        "number": queries.next_number(cpts, PublicationKind.PUBLISHED),
        **improved(cpts),
    }


def improved(cpts: Cpts) -> dict[str, Any]:
    """The improvements that a version published now would answer, and how many stay open."""
    return {"answered": improvements.done_and_not_named(cpts), "still_open": len(improvements.still_open(cpts))}
