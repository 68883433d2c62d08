"""Saying something of a version, and going on with the conversation. Nothing said is ever changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.opinions import mails, queries, speakers
from crisis_plan.opinions.models import Opinion, OpinionMessage
from crisis_plan.opinions.rules import MessageKind, Words
from crisis_plan.opinions.sections import FrozenSection
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

SUBJECT = "opinion"


class ConversationOfAnother(RuleBroken):
    status = 403

    def __str__(self) -> str:
        return (
            "Cet avis est suivi par l’institution qui l’a donné. "
            "Pour dire le vôtre, ouvrez la version et choisissez «\u00a0Donner un avis\u00a0»."
        )


def leave(
    cpts: Cpts, version: Publication, section: FrozenSection, words: Words, *, by: Account, at: datetime
) -> Opinion:
    """Begin a conversation about one section of a version; the CPTS is told by mail, once a day for each version."""
    hold(cpts)
    opinion = Opinion(
        cpts_id=cpts.id,
        publication=version,
        section_key=section.key,
        section_title=section.title,
        opened_at=at,
    )
    db.session.add(opinion)
    _say(cpts, opinion, words, number=1, by=by, at=at)
    return opinion


def reply(cpts: Cpts, opinion: Opinion, words: Words, *, seen: int, by: Account, at: datetime) -> None:
    """Go on with the conversation. Raises `Stale` when more was said than was seen, and `ConversationOfAnother`."""
    hold(cpts)
    hold(opinion)
    if not speakers.may_continue(by, cpts, opinion):
        raise ConversationOfAnother
    last = queries.last_number(opinion)
    if last != seen:
        db.session.expire(opinion, ["messages"])
        raise Stale
    _say(cpts, opinion, words, number=last + 1, by=by, at=at)


def _say(cpts: Cpts, opinion: Opinion, words: Words, *, number: int, by: Account, at: datetime) -> None:
    institution = speakers.institution_of(by, cpts)
    opinion.messages.append(
        OpinionMessage(
            number=number,
            kind=words.kind,
            text=words.text,
            author_id=by.id,
            author_name=by.name,
            institution_id=institution.id if institution else None,
            body=institution.name if institution else cpts.name,
            written_at=at,
        )
    )
    db.session.flush()
    verb = history.Verb.CREATED if number == 1 else history.Verb.CHANGED
    history.record(verb, SUBJECT, opinion.id, cpts_id=cpts.id, by=by, at=at, fields=[words.kind])
    if words.kind is MessageKind.ANSWER:
        mails.tell_the_reader(cpts, opinion, by=by, at=at)
    elif not speakers.answers_for(by, cpts):
        mails.tell_the_cpts(cpts, opinion, at=at)
    db.session.flush()
