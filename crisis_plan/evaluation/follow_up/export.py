"""Improvements as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.evaluation.improvements.wording import origin_in_words
from crisis_plan.web.formats import moment, short_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement
    from crisis_plan.organisations.models import Cpts

HEADINGS = (
    *("Numéro", "Ce qui sera fait", "Responsable", "Échéance", "En retard", "État", "Preuve, raison ou avancement"),
    *("Origine", "D’où elle vient", "Dans le plan", "Décidée le", "Dernier changement", "Par", "Version qui la cite"),
)


def rows(improvements: Iterable[Improvement], cpts: Cpts, today: date) -> Iterator[tuple[object, ...]]:
    """A line an improvement, under `HEADINGS`."""
    for one in improvements:
        yield (
            *(one.number, one.text, one.owner_name, short_date(one.due_on)),
            "oui" if one.is_overdue(today) else "",
            *(
                one.state.label,
                one.word,
                one.origin.label,
                origin_in_words(one) if one.origin_words else "",
                one.target,
            ),
            *(moment(one.created_at, cpts), moment(one.changed_at, cpts), one.changed_by_name),
            one.publication.name if one.publication else "",
        )
