"""A claim as it would be submitted now: its amount, its evidence, what refuses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.claims.pieces import Evidence
from crisis_plan.funding.claims.rules import asked_cents
from crisis_plan.funding.offers import offer_for
from crisis_plan.funding.rules import Computation, doubt_sentence

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim
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
        return [(one.label, doubt_sentence(one)) for one in found]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is settled and deserves to be said, such as the CPAM's answers."""
        return self.computation.notes if self.computation else ()

    @property
    def answered(self) -> tuple[str, ...]:
        """Those of the notes that are answers of the CPAM."""
        return self.computation.answered if self.computation else ()

    @property
    def is_ready(self) -> bool:
        """« Prête »: nothing refuses it, nothing is missing."""
        return not self.refusal and not self.evidence.missing


def prepare(claim: Claim, now: datetime) -> Prepared:
    """The claim as of now; nothing is printed yet. Raises `PlayedNotReal` for an exercise."""
    today = clock.local(now, claim.cpts).date()
    return Prepared(claim, offer_for(claim.cpts, claim.subject, today), evidence_of(claim, now), now)
