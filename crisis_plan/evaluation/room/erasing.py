"""What an order on an entry of a logbook takes away from the debrief of its crisis, once that erasure is written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFile, DebriefFinding
from crisis_plan.evaluation.debriefs.operations import SUBJECT
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.room import repeating
from crisis_plan.evaluation.room.printing import ITSELF
from crisis_plan.evaluation.room.repeating import Piece
from crisis_plan.pilotage.logbook.erasing import NotErased
from crisis_plan.pilotage.logbook.repeats import MayRepeat, Repeats
from crisis_plan.publication.queries import published_since
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry

PAPERS = "le document validé du bilan et ses PDF"
RESTING = {
    DebriefFinding: "les constats du bilan qui citent l’entrée",
    Improvement: "les améliorations qui répondent à ces constats",
}


def goes_with(entry: LogbookEntry) -> tuple[str, ...]:
    """What goes with the entry whatever is answered: papers that may quote it, in words."""
    debrief = _debrief_of(entry)
    return (PAPERS,) if debrief and debrief.content is not None else ()


def repeats(entry: LogbookEntry) -> Repeats:
    """What of the debrief rests on the entry, to erase with it; and the published plans that may list an improvement."""
    debrief = _debrief_of(entry)
    written = repeating.pieces(debrief) if debrief else []
    resting = {type(one.row) for one in written if repeating.rests_on(one, entry.id)}
    return Repeats(tuple(name for row, name in RESTING.items() if row in resting), tuple(_published(written)))


def may_repeat(entry: LogbookEntry) -> Sequence[MayRepeat]:
    """What else was written in the debrief, one by one; first what says some words of the entry in a row."""
    debrief = _debrief_of(entry)
    written = repeating.pieces(debrief) if debrief else ()
    found = [
        MayRepeat(one.key, one.name, one.says(entry.search_text))
        for one in written
        if not repeating.rests_on(one, entry.id)
    ]
    return sorted(found, key=lambda one: not one.says_the_same)


def forget_entry(
    entry: LogbookEntry, *, with_repeats: bool = False, chosen: Collection[str] = (), by: Account, at: datetime
) -> Sequence[str]:
    """Take away the frozen document of the debrief and its PDFs, which may quote the entry; what was taken, in words.

    The hash of what was validated stays, and the debrief is read again as it is made from what is left. `with_repeats`:
    the words of the findings that rest on the entry, and of what answers them, go too; `chosen`: those of these keys of
    `may_repeat`. Raises `NotErased`.
    """
    if not entry.is_erased:
        raise NotErased
    debrief = _debrief_of(entry)
    if debrief is None:
        return ()
    hold(debrief)
    gone = [
        one
        for one in repeating.pieces(debrief)
        if one.key in chosen or (with_repeats and repeating.rests_on(one, entry.id))
    ]
    papers = [PAPERS] if _papers_go(debrief) else []
    for one in gone:
        repeating.erase(one)
    if papers or gone:
        _recorded(debrief, ["content"] if papers else [], gone, by=by, at=at)
    return [*papers, *(one.name for one in gone)]


def _recorded(debrief: Debrief, fields: list[str], gone: Sequence[Piece], *, by: Account, at: datetime) -> None:
    fields = [*fields, *dict.fromkeys(one.field for one in gone)]
    history.record(history.Verb.REMOVED, SUBJECT, debrief.id, cpts_id=debrief.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
    db.session.expire_all()


def _debrief_of(entry: LogbookEntry) -> Debrief | None:
    return queries.of_crisis(entry.crisis.cpts, entry.crisis_id)


def _published(written: Sequence[Piece]) -> Sequence[str]:
    """Each published version lists the improvements that were open or done on its day."""
    decided = [one.row for one in written if isinstance(one.row, Improvement)]
    if not decided:
        return ()
    since = min(one.created_at for one in decided)
    return [f"la version du plan du {long_date(day)}" for day in published_since(decided[0].cpts_id, since)]


def _papers_go(debrief: Debrief) -> bool:
    """The whole document, whatever it cites: the drawing and the figures may repeat any entry."""
    if debrief.content is None:
        return False
    theirs = (DebriefFile.debrief_id == debrief.id, DebriefFile.addendum_number == ITSELF)
    db.session.execute(sa.update(DebriefFile).where(*theirs).values(content=None))
    db.session.execute(sa.update(Debrief).where(Debrief.id == debrief.id).values(content=sa.null()))
    return True
