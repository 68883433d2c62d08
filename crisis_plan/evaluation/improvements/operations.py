"""Deciding an improvement, and saying what becomes of it: each change is a step that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument, ImprovementStep
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment
from crisis_plan.web.formats import long_date

SUBJECT = "improvement"


class WordNeeded(RuleBroken):
    status = 422

    def __init__(self, state: ImprovementState) -> None:
        super().__init__()
        self.state = state

    def __str__(self) -> str:
        if self.state is ImprovementState.REFUSED:
            return "Dites en une phrase pourquoi elle n’est pas retenue\u00a0: le bilan et le plan le citeront."
        return "Dites ce qui montre qu’elle est réalisée\u00a0: c’est la preuve que le bilan et le plan citeront."


@dataclass(frozen=True)
class Owner:
    """Who does it: an account of the CPTS, or somebody in words."""

    account_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class Target:
    """Where in the plan: a section, a card, or free words; `title` is how it is called today."""

    section_key: str = ""
    card_id: UUID | None = None
    title: str = ""


@dataclass(frozen=True)
class Source:
    """What taught it; `words`: as it is called today."""

    origin: Origin = Origin.BY_HAND
    words: str = ""
    finding_id: UUID | None = None
    exercise_id: UUID | None = None
    lesson_id: UUID | None = None
    opinion_id: UUID | None = None


@dataclass(frozen=True)
class Decided:
    """What will be done, by whom, by when, where in the plan."""

    text: str
    owner: Owner
    due_on: date | None
    target: Target = field(default_factory=Target)


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
    """Change what, who, when or where; the step says what was changed. Raises `Stale`."""
    take(improvement, seen_version)
    wanted = _columns(decided)
    changed = [name for name, value in wanted.items() if getattr(improvement, name) != value]
    if not changed:
        return
    words = _what_changed(improvement, decided, changed)
    for name in changed:
        setattr(improvement, name, wanted[name])
    _count(improvement, changed, by=by, at=at)
    _step(improvement, words, by=by, at=at)


def move(
    improvement: Improvement,
    state: ImprovementState,
    word: str,
    *,
    seen_version: int,
    by: Account,
    at: datetime,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Say how far it is: done with its proof, refused with its reason. Raises `Stale`, `WordNeeded`."""
    if state.needs_a_word and not word.strip() and not attachments:
        raise WordNeeded(state)
    take(improvement, seen_version)
    _move(improvement, state, word.strip(), by=by, at=at)
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
    _step(improvement, word, by=by, at=at)
    history.record(history.Verb.CREATED, SUBJECT, improvement.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return improvement


def _columns(decided: Decided) -> dict[str, object]:
    return {
        "text": decided.text,
        "owner_account_id": decided.owner.account_id,
        "owner_name": decided.owner.name,
        "due_on": decided.due_on,
        "section_key": decided.target.section_key,
        "card_id": decided.target.card_id,
        "target": decided.target.title[:200],
    }


def _move(improvement: Improvement, state: ImprovementState, word: str, *, by: Account, at: datetime) -> None:
    improvement.state, improvement.word = state, word
    improvement.changed_at, improvement.changed_by_name = at, by.name
    if state.is_open:
        improvement.publication_id = None
    _count(improvement, ["state"], by=by, at=at)
    _step(improvement, word, by=by, at=at)


def _count(improvement: Improvement, fields: list[str], *, by: Account, at: datetime) -> None:
    improvement.version += 1
    history.record(
        history.Verb.CHANGED, SUBJECT, improvement.id, cpts_id=improvement.cpts_id, by=by, at=at, fields=fields
    )
    db.session.flush()


def _step(improvement: Improvement, word: str, *, by: Account, at: datetime) -> None:
    last = db.session.scalar(
        sa.select(sa.func.max(ImprovementStep.number)).where(ImprovementStep.improvement_id == improvement.id)
    )
    db.session.add(
        ImprovementStep(
            improvement_id=improvement.id,
            number=(last or 0) + 1,
            at=at,
            by_id=by.id,
            by_name=by.name,
            state=improvement.state,
            word=word,
        )
    )
    db.session.flush()


def _what_changed(improvement: Improvement, decided: Decided, changed: Sequence[str]) -> str:
    """« Échéance : 3 mars au lieu du 1er février. »"""
    said = []
    if "text" in changed:
        said.append(f"Texte précédent\u00a0: {improvement.text}")
    if "owner_name" in changed:
        said.append(f"Responsable\u00a0: {decided.owner.name}, à la place de {improvement.owner_name or 'personne'}")
    if "due_on" in changed and decided.due_on:
        before = f", au lieu du {long_date(improvement.due_on)}" if improvement.due_on else ""
        said.append(f"Échéance\u00a0: {long_date(decided.due_on)}{before}")
    if "target" in changed:
        said.append(f"Dans le plan\u00a0: {decided.target.title or 'hors du texte du plan'}")
    return "\n".join(said)
