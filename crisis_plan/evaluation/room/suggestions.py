"""What a debrief may still say, though nothing stops its validation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures.rules import Figure, FigureKey
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.logbook.models import LogbookEntry

Suggestion = tuple[str, str]
"""A sentence, and the place of the page where it is done."""


def suggestions(
    debrief: Debrief, figures: Collection[Figure], flagged: Collection[LogbookEntry]
) -> Iterator[Suggestion]:
    """Lessons not written, decisions without a reason that nobody comments, entries « à revoir » without a finding."""
    if not debrief.lessons:
        yield "Écrire ce que l’on retient\u00a0: la rubrique des enseignements est vide.", "enseignements"
    commented = {one.figure for one in debrief.comments}
    for figure in figures:
        if figure.key is FigureKey.WITHOUT_REASON and figure.entries and figure.key not in commented:
            said = counted(len(figure.entries), "décision n’a", "décisions n’ont")
            yield f"{said} pas de raison écrite\u00a0: un commentaire peut dire pourquoi.", "chiffres"
    cited = {one.entry_id for finding in debrief.findings if not finding.withdrawn_at for one in finding.entries}
    if left := sum(entry.id not in cited for entry in flagged):
        said = counted(left, "entrée à revoir n’a", "entrées à revoir n’ont")
        yield f"{said} donné aucun constat.", "a-revoir"
