"""The yearly update of a CPTS, as its page shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from flask import abort

from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publications
from crisis_plan.publication import reviews
from crisis_plan.publication.deadlines import Due, update_due
from crisis_plan.publication.models import Publication
from crisis_plan.yearly_update import things
from crisis_plan.yearly_update.signatures.rules import Line, Progress, progress


@dataclass(frozen=True)
class Update:
    """Everything that is gone through again since the version in force, and by when."""

    base: Publication
    lines: tuple[Line, ...]
    due: Due

    @property
    def progress(self) -> Progress:
        return progress(self.lines)

    def named(self, names: Collection[str]) -> list[Line]:
        """The lines that a form names; what is no thing of the plan any more is none of them."""
        return [line for line in self.lines if line.name in names]


def update_of(cpts: Cpts, today: date) -> Update | None:
    """The update since the version in force; none before a first publication. Freezes the plan, to compare it."""
    base = publications.current(cpts)
    if base is None:
        return None
    return Update(base, reviews.lines_today(cpts, base, today), due_of(cpts, base, today))


def update_or_404(cpts: Cpts, today: date) -> Update:
    return update_of(cpts, today) or abort(404)


def signed_again(update: Update) -> Update:
    """The same, with what is signed now: the plan itself is not compared again."""
    return replace(update, lines=things.signed_again(update.base, (line.thing for line in update.lines)))


def due_of(cpts: Cpts, base: Publication, today: date) -> Due:
    """When the next update is due, and why."""
    return update_due(published_on=base.dated_on, mission_started_on=cpts.mission_started_on, today=today)
