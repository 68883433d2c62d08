"""What amounts are computed from: rates, the situation of a CPTS, what the CPAM answered; and what was claimed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload, undefer

from crisis_plan.db import db
from crisis_plan.funding.computations import Situation
from crisis_plan.funding.lines import ClaimState, Doubt
from crisis_plan.funding.models import Claim, CpamAnswer, CpamAnswerDocument, FundingSituation, StoredRateSet
from crisis_plan.funding.rates import BUILT_IN, RateSet, amounts_from
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.queries import territory
from crisis_plan.publication import queries as publications


def rate_sets() -> tuple[RateSet, ...]:
    """Those of the software, then those that an operator added and did not withdraw; one statement."""
    query = sa.select(StoredRateSet).where(StoredRateSet.withdrawn_at.is_(None)).order_by(StoredRateSet.in_force_from)
    return (*BUILT_IN, *(rate_set_of(stored) for stored in db.session.scalars(query)))


def rate_set_of(stored: StoredRateSet) -> RateSet:
    """A set that an operator added, as rules read it."""
    return RateSet(
        key=str(stored.id),
        label=stored.label,
        in_force_from=stored.in_force_from,
        source=stored.source,
        amounts=amounts_from(stored.amounts),
        majoration_percent=stored.majoration_percent,
        majoration_members=stored.majoration_members,
    )


def stored_rate_sets() -> Sequence[StoredRateSet]:
    """Every set that an operator added, the withdrawn ones too, the latest in force first."""
    query = sa.select(StoredRateSet).order_by(StoredRateSet.in_force_from.desc(), StoredRateSet.entered_at.desc())
    return db.session.scalars(query).all()


def stored_rate_set_or_404(rate_set_id: uuid.UUID) -> StoredRateSet:
    return db.session.get(StoredRateSet, rate_set_id) or abort(404)


def stored_situation(cpts: Cpts) -> FundingSituation | None:
    """What the CPTS said of itself; none before it said anything."""
    return db.session.get(FundingSituation, cpts.id)


def situation_of(cpts: Cpts, today: date) -> Situation:
    """What the amounts of this CPTS depend on, as of this day; three statements."""
    return situation_with(
        cpts, next((one.dated_on for one in publications.written(cpts) if one.dated_on <= today), None)
    )


def situation_with(cpts: Cpts, first_plan_on: date | None) -> Situation:
    """The same, for whoever knows already when the plan was first written."""
    known, said = territory(cpts), stored_situation(cpts) or FundingSituation(has_early_contract=False)
    return Situation(
        standing=known.size,
        inhabitants=known.stated_inhabitants or known.inhabitants,
        member_professionals=said.member_professionals,
        member_structures=said.member_structures,
        members_counted_on=said.members_counted_on,
        has_early_contract=said.has_early_contract,
        joined_on=said.joined_on,
        actions_of_2021=said.actions_of_2021,
        mission_started_on=cpts.mission_started_on,
        first_plan_on=first_plan_on,
        answers=answers_of(cpts),
    )


def answers_of(cpts: Cpts) -> dict[Doubt, CpamAnswer]:
    """The last word of the CPAM on each doubt, by the day of the answer, then as recorded; one statement."""
    return {answer.doubt: answer for answer in reversed(every_answer(cpts))}


def every_answer(cpts: Cpts) -> Sequence[CpamAnswer]:
    """All that the CPAM answered, the last word first, with the names of the documents; one statement."""
    query = sa.select(CpamAnswer).where(CpamAnswer.cpts_id == cpts.id).options(joinedload(CpamAnswer.document))
    return db.session.scalars(
        query.order_by(CpamAnswer.answered_on.desc(), CpamAnswer.recorded_at.desc(), CpamAnswer.id)
    ).all()


def answer_document_or_404(cpts: Cpts, document_id: uuid.UUID) -> CpamAnswerDocument:
    """A letter of the CPAM, with its bytes."""
    query = sa.select(CpamAnswerDocument).where(
        CpamAnswerDocument.cpts_id == cpts.id, CpamAnswerDocument.id == document_id
    )
    return db.session.scalars(query.options(undefer(CpamAnswerDocument.content))).one_or_none() or abort(404)


def live_claims(cpts: Cpts) -> Sequence[Claim]:
    """What was begun, claimed or paid and not abandoned, here or outside, with its steps; two statements."""
    return [claim for claim in every_claim(cpts) if claim.state is not ClaimState.ABANDONED]


def every_claim(cpts: Cpts, *, with_revisions: bool = False) -> Sequence[Claim]:
    """The same, with those that were given up or withdrawn; two statements, three with their revisions."""
    query = sa.select(Claim).where(Claim.cpts_id == cpts.id).options(selectinload(Claim.steps))
    if with_revisions:
        query = query.options(selectinload(Claim.revisions))
    return db.session.scalars(query.order_by(Claim.number)).all()


def outside_or_404(cpts: Cpts, claim_id: uuid.UUID) -> Claim:
    """A line that was recorded as claimed outside the tool, and still stands."""
    query = sa.select(Claim).where(
        Claim.cpts_id == cpts.id, Claim.id == claim_id, Claim.is_outside, Claim.state != ClaimState.ABANDONED
    )
    return db.session.scalars(query).one_or_none() or abort(404)
