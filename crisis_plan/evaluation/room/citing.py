"""Entries as a person cites them: « 12, 14, annexe 2 »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.queries import shown
from crisis_plan.pilotage.logbook.rules import Part, entry_name

if TYPE_CHECKING:
    from uuid import UUID

ONE = re.compile(r"(?P<annex>annexe)?\s*(?:n\s*[°o]\s*)?(?P<number>[0-9]{1,9})", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:,|;|\bet\b|\n)\s*|(?<=[0-9])\s+(?=[0-9])")
MOST_CITED = 50
LARGEST = 2_147_483_647


class WrongCitation(RuleBroken):
    """What was typed cites nothing that can be found; the sentence says what."""

    status = 422


def read(typed: str) -> list[Cited]:
    """The entries that these words cite, each once, in their order. Raises `WrongCitation`."""
    found: dict[Cited, None] = {}
    for words in filter(None, BETWEEN.split(typed.strip())):
        match = ONE.fullmatch(words)
        if match is None or int(match["number"]) > LARGEST:
            raise WrongCitation(
                f"«\u00a0{words[:40]}\u00a0» n’est pas un numéro d’entrée\u00a0: écrivez par exemple 12, 14."
            )
        found[Cited(Part.ANNEX if match["annex"] else Part.MAIN, int(match["number"]))] = None
    if len(found) > MOST_CITED:
        raise WrongCitation(
            f"Citez au plus {MOST_CITED} entrées\u00a0: gardez celles qui montrent le mieux ce constat."
        )
    return list(found)


def as_typed(cited: Iterable[Cited]) -> str:
    """« 12, 14, annexe 2 »."""
    return ", ".join(f"annexe {one.number}" if one.part is Part.ANNEX else str(one.number) for one in cited)


def entries(crisis_id: UUID, cited: Sequence[Cited]) -> list[LogbookEntry]:
    """These entries of this logbook, in this order, with all that a list shows; those that are not there are left out."""
    return _in_order(shown(_asked(crisis_id, cited)), cited)


def flagged_entries(crisis_id: UUID, cited: Sequence[Cited]) -> list[LogbookEntry]:
    """The same with nothing beside them but why they were flagged; one statement."""
    return _in_order(db.session.scalars(_asked(crisis_id, cited).options(joinedload(LogbookEntry.flag))), cited)


def _asked(crisis_id: UUID, cited: Sequence[Cited]) -> sa.Select[LogbookEntry]:
    numbers = {part: [one.number for one in cited if one.part is part] for part in Part}
    asked = [sa.and_(LogbookEntry.part == part, LogbookEntry.number.in_(found)) for part, found in numbers.items()]
    return sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis_id, sa.or_(*asked))


def _in_order(found: Iterable[LogbookEntry], cited: Sequence[Cited]) -> list[LogbookEntry]:
    known = {Cited(one.part, one.number): one for one in found}
    return [known[one] for one in cited if one in known]


def found_entries(crisis_id: UUID, typed: str) -> list[LogbookEntry]:
    """The entries that these words cite. Raises `WrongCitation` when one is not in this logbook."""
    cited = read(typed)
    found = entries(crisis_id, cited) if cited else []
    known = {Cited(one.part, one.number) for one in found}
    lost = [entry_name(one.part, one.number) for one in cited if one not in known]
    if lost:
        raise WrongCitation(f"Le journal n’a pas d’entrée {', '.join(lost)}\u00a0: vérifiez le numéro.")
    return found
