"""Adding to a validated debrief: a dated part of its own, with its own PDFs, that never changes either."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, writing
from crisis_plan.document import prose
from crisis_plan.document.blocks import Block, Chapter, Document, Fact, Facts, Notice, Paragraph, plain
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefAddendum
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE
from crisis_plan.evaluation.room.paper import dressed, titled
from crisis_plan.evaluation.room.paper_front import NOBODY_NAMED
from crisis_plan.evaluation.room.printing import both_editions, keep
from crisis_plan.evaluation.room.sharing import NotValidated
from crisis_plan.pilotage.logbook.repeats import ERASED
from crisis_plan.web.formats import moment

SUBJECT = "debrief_addendum"
GONE = "Contenu effacé sur décision d’une autorité."


class NumberTaken(RuleBroken):
    def __str__(self) -> str:
        return "Un autre additif vient d’être ajouté, sous le même numéro. Lisez-le, puis envoyez de nouveau le vôtre."


def add(debrief: Debrief, text: str, *, by: Account, at: datetime) -> DebriefAddendum:
    """A new part under the next number, with its two PDFs. Raises `NotValidated`, `NumberTaken`, `PrintFailed`."""
    if not debrief.is_validated:
        raise NotValidated
    number = next_number(debrief)
    files = both_editions(addendum_paper(debrief, number, text, author=by.name, at=at))
    with writing():
        hold(debrief)
        if next_number(debrief) != number:
            raise NumberTaken
        made = DebriefAddendum(
            debrief_id=debrief.id,
            number=number,
            text=text,
            dated_on=clock.local(at, debrief.cpts).date(),
            written_at=at,
            written_by_id=by.id,
            written_by_name=by.name,
        )
        db.session.add(made)
        keep(debrief, files, addendum=number)
        history.record(history.Verb.CREATED, SUBJECT, made.id, cpts_id=debrief.cpts_id, by=by, at=at)
        db.session.flush()
    return made


def next_number(debrief: Debrief) -> int:
    """From 1 without gaps."""
    query = sa.select(sa.func.max(DebriefAddendum.number)).where(DebriefAddendum.debrief_id == debrief.id)
    return (db.session.scalar(query) or 0) + 1


def addendum_paper(debrief: Debrief, number: int, text: str, *, author: str, at: datetime) -> Document:
    """The addendum as its own paper, which names the debrief that it completes."""
    title = f"Additif n°\u00a0{number} au bilan"
    chapter = Chapter("additif", titled(debrief, title), tuple(_blocks(debrief, text, author, at)))
    return dressed(
        debrief,
        (chapter,),
        at=at,
        title=f"{title}\u00a0: {debrief.subject}",
        status=f"Daté du {moment(at, debrief.cpts)}",
    )


def said(text: str) -> Iterable[Block]:
    """What an addendum says, or that an order took it away."""
    return (Paragraph(plain(GONE, italic=True)),) if text == ERASED else prose.blocks(text)


def _blocks(debrief: Debrief, text: str, author: str, at: datetime) -> Iterable[Block]:
    yield Notice(plain(BLAME_FREE), title="Apprendre, jamais juger")
    yield Facts(
        (
            Fact("Complète", debrief.name),
            Fact("Bilan validé", f"le {moment(debrief.validated_at, debrief.cpts)}"),
            Fact("Empreinte de son contenu", debrief.content_sha256),
            Fact("Additif écrit", f"le {moment(at, debrief.cpts)}"),
            Fact("Écrit par", author, restricted=True),
        )
    )
    yield from said(text)
    yield Paragraph(plain(NOBODY_NAMED, italic=True))
