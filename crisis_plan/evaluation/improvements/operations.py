"""Deciding an improvement, and saying what becomes of it: each change is a step that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.improvements import steps
from crisis_plan.evaluation.improvements.descriptions import Charge, Decided, Owner, Source, Target
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.evaluation.improvements.steps import SUBJECT
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment

__all__ = ["Charge", "Decided", "Owner", "Source", "Target"]


class WordNeeded(RuleBroken):
    status = 422

    def __init__(self, state: ImprovementState) -> None:
        super().__init__()
        self.state = state

    def __str__(self) -> str:
        if self.state is ImprovementState.REFUSED:
            return "Dites en une phrase pourquoi elle n’est pas retenue\u00a0: le bilan et le plan le citeront."
        return "Dites ce qui montre qu’elle est réalisée\u00a0: c’est la preuve que le bilan et le plan citeront."


class NobodyInCharge(RuleBroken):
    def __str__(self) -> str:
        return "Dites aussi qui s’en occupe et pour quand\u00a0: sans cela elle ne se reprend pas et ne se réalise pas."


class DoneAlready(RuleBroken):
    def __str__(self) -> str:
        return "Elle est réalisée\u00a0: dites d’abord qu’elle est à reprendre, puis modifiez-la."


def decide(cpts: Cpts, decided: Decided, source: Source, *, by: Account, at: datetime) -> Improvement:
    """An improvement, open, under the next number of its CPTS."""
    return _make(cpts, decided, source, ImprovementState.OPEN, "", by=by, at=at)


def refuse_at_once(
    cpts: Cpts, text: str, reason: str, source: Source, *, target: Target, by: Account, at: datetime
) -> Improvement:
    """Of a weak point of which nothing will be made: the refusal and its reason stay in the list. Raises `WordNeeded`."""
    if not reason.strip():
        raise WordNeeded(ImprovementState.REFUSED)
    decided = Decided(text, Owner(), None, target)
    return _make(cpts, decided, source, ImprovementState.REFUSED, reason.strip(), by=by, at=at)


def change(improvement: Improvement, decided: Decided, *, seen_version: int, by: Account, at: datetime) -> None:
    """Change what, who, when or where; the step says what was changed. Raises `Stale`, `DoneAlready`."""
    take(improvement, seen_version)
    if not improvement.may_be_changed:
        raise DoneAlready
    wanted = _columns(decided)
    changed = [name for name, value in wanted.items() if getattr(improvement, name) != value]
    if not changed:
        return
    words = steps.what_changed(improvement, wanted)
    for name in changed:
        setattr(improvement, name, wanted[name])
    steps.add(improvement, words, fields=changed, by=by, at=at)


def move(
    improvement: Improvement,
    state: ImprovementState,
    word: str,
    *,
    seen_version: int,
    by: Account,
    at: datetime,
    charge: Charge | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Say how far it is: done with its proof, in words or as a document, refused with its reason.

    `charge`: who does it by when, of one that was refused before anybody was in charge.

    Raises `Stale`, `WordNeeded`, `NobodyInCharge`.
    """
    is_shown = state is ImprovementState.DONE and bool(attachments)
    if state.needs_a_word and not word.strip() and not is_shown:
        raise WordNeeded(state)
    take(improvement, seen_version)
    if state is not ImprovementState.REFUSED and not (charge or improvement.has_owner_and_day):
        raise NobodyInCharge
    _move(improvement, state, word.strip(), charge=charge, by=by, at=at)
    for attachment in attachments:
        document = ImprovementDocument(improvement_id=improvement.id)
        document.take(attachment, by=by, at=at)
        db.session.add(document)
    db.session.flush()


def answer(improvements: Iterable[Improvement], word: str, *, by: Account, at: datetime) -> None:
    """What was just saved in the plan answers these; one that somebody closed meanwhile stays as it is."""
    for improvement in improvements:
        hold(improvement)
        if improvement.state.is_open:
            _move(improvement, ImprovementState.DONE, word, by=by, at=at)


def name_in(improvements: Iterable[Improvement], publication_id: UUID) -> None:
    """This published version names them in its change list."""
    for improvement in improvements:
        improvement.publication_id = publication_id
    db.session.flush()


def note_reminded(improvement: Improvement, *, on: date) -> None:
    """Whoever is in charge was written to on this day; the improvement itself is as it was."""
    improvement.reminded_on = on
    db.session.flush()


def _make(
    cpts: Cpts, decided: Decided, source: Source, state: ImprovementState, word: str, *, by: Account, at: datetime
) -> Improvement:
    hold(cpts)
    last = db.session.scalar(sa.select(sa.func.max(Improvement.number)).where(Improvement.cpts_id == cpts.id))
    improvement = Improvement(
        cpts_id=cpts.id,
        number=(last or 0) + 1,
        origin=source.origin,
        origin_words=source.words[:300],
        finding_id=source.finding_id,
        exercise_id=source.exercise_id,
        lesson_id=source.lesson_id,
        opinion_id=source.opinion_id,
        state=state,
        word=word,
        changed_at=at,
        changed_by_name=by.name,
        created_at=at,
        created_by_id=by.id,
        created_by_name=by.name,
        **_columns(decided),
    )
    db.session.add(improvement)
    db.session.flush()
    steps.add_first(improvement, word, by=by, at=at)
    history.record(history.Verb.CREATED, SUBJECT, improvement.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return improvement


def _columns(decided: Decided) -> dict[str, object]:
    return {
        "text": decided.text,
        **_in_charge(decided.owner, decided.due_on),
        "section_key": decided.target.section_key,
        "card_id": decided.target.card_id,
        "target": decided.target.title[:200],
    }


def _in_charge(owner: Owner, due_on: date | None) -> dict[str, object]:
    return {"owner_account_id": owner.account_id, "owner_name": owner.name, "due_on": due_on}


def _move(
    improvement: Improvement,
    state: ImprovementState,
    word: str,
    *,
    charge: Charge | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Whatever is not done any more is named by another version once it is done again."""
    wanted = _in_charge(charge.owner, charge.due_on) if charge else {}
    changed = [name for name, value in wanted.items() if getattr(improvement, name) != value]
    said = "\n".join(filter(None, (word, steps.what_changed(improvement, wanted))))
    for name in changed:
        setattr(improvement, name, wanted[name])
    improvement.state, improvement.word = state, word
    improvement.changed_at, improvement.changed_by_name = at, by.name
    if state is not ImprovementState.DONE:
        improvement.publication_id = None
    steps.add(improvement, said, fields=["state", *changed], by=by, at=at)
