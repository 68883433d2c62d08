"""A claim from its opening to its payment: which step may follow, who records it. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.funding.lines import ClaimState, StepKind
from crisis_plan.web.formats import long_date

PREPARED = frozenset({ClaimState.PREPARING, ClaimState.COMPLEMENT, ClaimState.REFUSED})
"""Where a CPTS prepares what it will submit: the first time, after a complement was asked, after a refusal."""
AWAITED = frozenset({ClaimState.SUBMITTED, ClaimState.COMPLEMENT})
"""Where the caisse has not decided yet."""
DECIDED = frozenset({ClaimState.ACCEPTED, ClaimState.REFUSED})


@dataclass(frozen=True)
class Move:
    """From which states a step may be taken, and where it leads."""

    before: frozenset[ClaimState]
    after: ClaimState


MOVES: Mapping[StepKind, Move] = {
    StepKind.SUBMITTED: Move(PREPARED, ClaimState.SUBMITTED),
    StepKind.COMPLEMENT_ASKED: Move(frozenset({ClaimState.SUBMITTED}), ClaimState.COMPLEMENT),
    StepKind.ACCEPTED: Move(AWAITED | DECIDED, ClaimState.ACCEPTED),
    StepKind.REFUSED: Move(AWAITED | DECIDED, ClaimState.REFUSED),
    StepKind.PAID: Move(frozenset({ClaimState.ACCEPTED, ClaimState.PAID}), ClaimState.PAID),
    StepKind.ABANDONED: Move(frozenset({ClaimState.PREPARING}), ClaimState.ABANDONED),
    StepKind.WITHDRAWN: Move(AWAITED | {ClaimState.REFUSED}, ClaimState.ABANDONED),
}
"""The states of a claim and all that leads from one to the next; opening it is where it begins.

The CPTS gives up what it never submitted, and takes back what it submitted and nobody accepted. A decision recorded again takes the place of the one before it, until money has come. A payment recorded again says the
new total. A refused claim may be corrected and submitted again: its line is still claimed once.
"""


class Answer(StrEnum):
    """What a caisse answers, by itself or as the CPTS records it."""

    COMPLEMENT = "complement"
    DECISION = "decision"
    PAYMENT = "payment"

    @property
    def label(self) -> str:
        return {
            "complement": "Demander un complément",
            "decision": "Consigner la décision",
            "payment": "Consigner le paiement",
        }[self.value]

    @property
    def recorded(self) -> str:
        """The same, where the CPTS records what the caisse said outside the tool."""
        return {
            "complement": "Consigner une demande de complément",
            "decision": "Consigner la décision reçue",
            "payment": "Consigner un paiement reçu",
        }[self.value]

    @property
    def address(self) -> str:
        """Its word in an address."""
        return {"complement": "complement", "decision": "decision", "payment": "paiement"}[self.value]

    @property
    def steps(self) -> tuple[StepKind, ...]:
        """What it may lead to."""
        return {
            "complement": (StepKind.COMPLEMENT_ASKED,),
            "decision": (StepKind.ACCEPTED, StepKind.REFUSED),
            "payment": (StepKind.PAID,),
        }[self.value]


def may_follow(kind: StepKind, state: ClaimState) -> bool:
    """Whether this step may be taken by a claim in this state."""
    return kind in MOVES and state in MOVES[kind].before


def answers(state: ClaimState, *, by_caisse: bool, was_decided_by_caisse: bool) -> tuple[Answer, ...]:
    """What may be recorded now. What the caisse itself decided here, the CPTS does not record again."""
    possible = [one for one in Answer if any(may_follow(kind, state) for kind in one.steps)]
    if not by_caisse and was_decided_by_caisse and state in DECIDED:
        possible = [one for one in possible if one is not Answer.DECISION]
    return tuple(possible)


def asked_cents(line_cents: int, wanted_cents: int | None, *, is_ceiling: bool) -> int:
    """What is asked: the line itself, or less where it is only a ceiling and the CPTS wants less; never more."""
    if not is_ceiling or not wanted_cents:
        return line_cents
    return min(wanted_cents, line_cents)


def too_early(dated_on: date, submitted_on: date | None, today: date) -> str:
    """What is wrong with the day of an answer, in a sentence; empty when it will do."""
    if dated_on > today:
        return "Cette date est à venir\u00a0: écrivez le jour de l’acte."
    if submitted_on and dated_on < submitted_on:
        return f"La demande n’a été déposée que le {long_date(submitted_on)}\u00a0: vérifiez cette date."
    return ""
