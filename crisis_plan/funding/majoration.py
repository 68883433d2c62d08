"""The +10 % of a size-4 CPTS of at least 100 members: never counted unless the CPAM confirmed it. Source: domain, section 10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crisis_plan.funding.computations import Situation
from crisis_plan.funding.doubts import answer_sentence
from crisis_plan.funding.lines import Doubt, Majoration
from crisis_plan.funding.rates import RateSet
from crisis_plan.organisations.rules import Size
from crisis_plan.web.formats import counted, short_date


@dataclass(frozen=True)
class MajorationStanding:
    """In which of its three states it is, and what to say of it."""

    state: Majoration
    note: str = ""
    is_answer: bool = False
    """Whether this is what the CPAM said."""


def majoration_standing(situation: Situation, size: Size | None, rates: RateSet, on: date) -> MajorationStanding:
    """Sans objet, à confirmer, or confirmed from a day that this line does not precede: it is not retroactive."""
    if size is not Size.T4 or not rates.majoration_percent:
        return MajorationStanding(Majoration.NOT_APPLICABLE)
    if reason := _too_few(situation.members, rates):
        return MajorationStanding(Majoration.NOT_APPLICABLE, reason)
    answer = situation.answers.get(Doubt.MAJORATION)
    if answer is None:
        return MajorationStanding(Majoration.TO_CONFIRM)
    said = answer_sentence(Doubt.MAJORATION, answer)
    if answer.majoration in (None, Majoration.TO_CONFIRM):
        return MajorationStanding(Majoration.TO_CONFIRM, said, is_answer=True)
    if answer.majoration is Majoration.NOT_APPLICABLE:
        return MajorationStanding(Majoration.NOT_APPLICABLE, said, is_answer=True)
    if answer.applies_from is None:
        return MajorationStanding(Majoration.TO_CONFIRM, said, is_answer=True)
    if on < answer.applies_from:
        not_yet = f"La majoration vaut à partir du {short_date(answer.applies_from)} et n’est pas rétroactive."
        return MajorationStanding(Majoration.NOT_APPLICABLE, not_yet)
    return MajorationStanding(Majoration.CONFIRMED, said, is_answer=True)


def _too_few(members: int | None, rates: RateSet) -> str:
    """Why the members do not give it; empty when they do."""
    asked = f"La majoration suppose au moins {counted(rates.majoration_members, 'membre')}"
    if members is None:
        return f"{asked}\u00a0: leur nombre n’est pas renseigné, elle n’est pas comptée."
    if members < rates.majoration_members:
        return f"{asked}\u00a0: la CPTS en compte {members}, elle n’est pas comptée."
    return ""
