"""What an order on an entry of a logbook takes away from the debrief of its crisis, once that erasure is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFile, DebriefFinding, FindingEntry
from crisis_plan.evaluation.debriefs.operations import SUBJECT
from crisis_plan.evaluation.room.printing import ITSELF
from crisis_plan.pilotage.logbook.erasing import NotErased
from crisis_plan.pilotage.logbook.repeats import ERASED, Repeats

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry

WORDS = ("as_said", "as_validated")
"""Of a finding that rests on the entry; who noted it, where and when stay."""

TAKEN = {
    "content": "le document validé du bilan et ses PDF",
    "findings": "les constats du bilan qui citent l’entrée",
}


def goes_with(entry: LogbookEntry) -> tuple[str, ...]:
    """What goes with the entry whatever is answered: papers that may quote it, in words."""
    debrief = _debrief_of(entry)
    return (TAKEN["content"],) if debrief and debrief.content is not None else ()


def repeats(entry: LogbookEntry) -> Repeats:
    """What else of the debrief may repeat the entry: what can be erased with it, and what a person is to look at."""
    debrief = _debrief_of(entry)
    if debrief is None:
        return Repeats()
    rests = sa.exists().where(FindingEntry.entry_id == entry.id)
    addenda = [f"l’additif n°\u00a0{one.number} du bilan" for one in debrief.addenda]
    return Repeats(
        (TAKEN["findings"],) if db.session.scalar(sa.select(rests)) else (),
        ("un texte, un constat ou un commentaire du bilan", *addenda),
    )


def forget_entry(entry: LogbookEntry, *, with_repeats: bool = False, by: Account, at: datetime) -> Sequence[str]:
    """Take away the frozen document of the debrief and its PDFs, which may quote the entry; what was taken, in words.

    The hash of what was validated stays, and the debrief is read again as it is made from what is left. `with_repeats`:
    the words of the findings that rest on the entry go too. Raises `NotErased`.
    """
    if not entry.is_erased:
        raise NotErased
    debrief = _debrief_of(entry)
    if debrief is None:
        return ()
    hold(debrief)
    taken = {
        "content": _papers_go(debrief),
        "findings": with_repeats and _findings_go(entry),
    }
    fields = [name for name, is_gone in taken.items() if is_gone]
    if fields:
        history.record(history.Verb.REMOVED, SUBJECT, debrief.id, cpts_id=debrief.cpts_id, by=by, at=at, fields=fields)
        db.session.flush()
        db.session.expire_all()
    return [TAKEN[name] for name in fields]


def _debrief_of(entry: LogbookEntry) -> Debrief | None:
    return queries.of_crisis(entry.crisis.cpts, entry.crisis_id)


def _papers_go(debrief: Debrief) -> bool:
    """The whole document, whatever it cites: the drawing and the figures may repeat any entry."""
    if debrief.content is None:
        return False
    theirs = (DebriefFile.debrief_id == debrief.id, DebriefFile.addendum_number == ITSELF)
    db.session.execute(sa.update(DebriefFile).where(*theirs).values(content=None))
    db.session.execute(sa.update(Debrief).where(Debrief.id == debrief.id).values(content=sa.null()))
    return True


def _findings_go(entry: LogbookEntry) -> bool:
    resting = sa.select(FindingEntry.finding_id).where(FindingEntry.entry_id == entry.id)
    table = DebriefFinding.__table__
    blank = {name: sa.case((table.c[name] == "", ""), else_=ERASED) for name in WORDS}
    done = db.session.execute(sa.update(DebriefFinding).where(DebriefFinding.id.in_(resting)).values(blank))
    return bool(done.rowcount)  # type: ignore[attr-defined]
