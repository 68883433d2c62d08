"""A claim as it would be submitted now: its amount, its evidence, what refuses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.funding.claims.basis import basis
from crisis_plan.funding.claims.before_recognition import Before, before_recognition
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.claims.other_crises import other_crises
from crisis_plan.funding.claims.pieces import Evidence
from crisis_plan.funding.claims.rules import asked_cents
from crisis_plan.funding.doubts import answer_sentence
from crisis_plan.funding.lines import Doubt
from crisis_plan.funding.offers import offers
from crisis_plan.funding.queries import answers_of
from crisis_plan.funding.rules import Computation, doubt_sentence

if TYPE_CHECKING:
    from crisis_plan.document.blocks import Block
    from crisis_plan.funding.models import Claim, CpamAnswer
    from crisis_plan.funding.offers import Offer

GONE = "Cette ligne n’est plus proposée à la CPTS\u00a0: ce qui la fondait a été retiré."


@dataclass(frozen=True)
class Prepared:
    """Everything that submitting freezes, read at one moment."""

    claim: Claim
    offer: Offer | None
    evidence: Evidence
    now: datetime

    @property
    def today(self) -> date:
        return clock.local(self.now, self.claim.cpts).date()

    @property
    def computation(self) -> Computation | None:
        return self.offer.computation if self.offer else None

    @property
    def refusal(self) -> str:
        """Why it cannot be submitted today, whatever its evidence; empty when it can."""
        return self.offer.refusal if self.offer else GONE

    @cached_property
    def asked_cents(self) -> int:
        """What it asks: never more than the line."""
        if self.computation is None:
            return 0
        wanted = self.claim.wanted_cents
        return asked_cents(self.computation.total_cents, wanted, is_ceiling=self.claim.line.is_ceiling)

    @property
    def asks_up_to(self) -> bool:
        """Whether it asks the ceiling, « jusqu’à »; a sum chosen below it is exact."""
        most = self.computation.total_cents if self.computation else 0
        return self.claim.line.is_ceiling and self.asked_cents >= most

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """What no text settles, by name and in a sentence."""
        found = self.computation.doubts if self.computation else ()
        told = [(one.label, doubt_sentence(one)) for one in found]
        if self.before and not (self.on_before and self.on_before.settles):
            told.append((Doubt.BEFORE_RECOGNITION.label, self.before.sentence))
        return told

    @cached_property
    def before(self) -> Before | None:
        """What comes before the recognition of its crisis."""
        return before_recognition(self.claim, self.now)

    @cached_property
    def on_before(self) -> CpamAnswer | None:
        """What the CPAM said of it."""
        return answers_of(self.claim.cpts).get(Doubt.BEFORE_RECOGNITION) if self.before else None

    @cached_property
    def basis(self) -> tuple[Block, ...]:
        """What it rests on, said before its amount."""
        return basis(self.claim, self.evidence, self.computation, self.now)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is settled and deserves to be said, such as the CPAM's answers."""
        return self.computation.notes if self.computation else ()

    @property
    def answered(self) -> tuple[str, ...]:
        """Those of the notes that are answers of the CPAM."""
        said = self.computation.answered if self.computation else ()
        return (*said, answer_sentence(Doubt.BEFORE_RECOGNITION, self.on_before)) if self.on_before else said

    @property
    def is_ready(self) -> bool:
        """« Prête »: nothing refuses it, nothing is missing."""
        return not self.refusal and not self.evidence.missing


def prepare(claim: Claim, now: datetime) -> Prepared:
    """The claim as of now; nothing is printed yet. Raises `PlayedNotReal` for an exercise."""
    today = clock.local(now, claim.cpts).date()
    known = offers(claim.cpts, today)
    own = next((one for one in known if one.subject == claim.subject), None)
    evidence = evidence_of(claim, now).told(*other_crises(claim, known, today))
    return Prepared(claim, own, evidence, now)
