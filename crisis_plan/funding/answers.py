"""What the CPAM answered to a doubt: kept with its date and its source, never changed; a later answer takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.funding.lines import Doubt, Majoration
from crisis_plan.funding.models import CpamAnswer, CpamAnswerDocument
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment

SUBJECT = "cpam_answer"


class AnswerRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True)
class Given:
    """An answer as it is typed."""

    doubt: Doubt
    answered_on: date
    source: str
    text: str
    settles: bool = False
    """Whether it ends the doubt; of the majoration, its state says so."""
    majoration: Majoration | None = None
    applies_from: date | None = None
    document: Attachment | None = None


def record(cpts: Cpts, given: Given, *, today: date, by: Account, at: datetime) -> CpamAnswer:
    """Keep what the CPAM answered. Raises `AnswerRefused`."""
    hold(cpts)
    _check(given, today)
    is_confirmed = given.majoration is Majoration.CONFIRMED
    answer = CpamAnswer(
        cpts_id=cpts.id,
        doubt=given.doubt,
        answered_on=given.answered_on,
        source=given.source,
        text=given.text,
        settles=given.settles if given.majoration is None else given.majoration is not Majoration.TO_CONFIRM,
        majoration=given.majoration,
        applies_from=given.applies_from if is_confirmed else None,
        document=_kept(cpts, given.document, by=by, at=at) if given.document else None,
        recorded_at=at,
        recorded_by_id=by.id,
        recorded_by_name=by.name,
    )
    db.session.add(answer)
    db.session.flush()
    history.record(history.Verb.CREATED, SUBJECT, answer.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return answer


def _check(given: Given, today: date) -> None:
    """A confirmed majoration has its document and its first day (domain, section 10). Raises `AnswerRefused`."""
    if given.answered_on > today:
        raise AnswerRefused("answered_on", "Cette date n’est pas encore passée\u00a0: écrivez le jour de la réponse.")
    if given.doubt is not Doubt.MAJORATION:
        return
    if given.majoration is None:
        raise AnswerRefused("majoration", "Dites ce que la CPAM a répondu de la majoration.")
    if given.majoration is not Majoration.CONFIRMED:
        return
    if given.applies_from is None:
        raise AnswerRefused("applies_from", "Dites à partir de quand elle vaut\u00a0: elle n’est pas rétroactive.")
    if given.document is None:
        raise AnswerRefused("document", "Joignez le document par lequel la CPAM la confirme.")


def _kept(cpts: Cpts, attachment: Attachment, *, by: Account, at: datetime) -> CpamAnswerDocument:
    document = CpamAnswerDocument(cpts_id=cpts.id)
    document.take(attachment, by=by, at=at)
    return document
