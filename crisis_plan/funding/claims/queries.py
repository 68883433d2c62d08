"""Claims, read: the CPTS reads all of them, a caisse those that were submitted at least once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from crisis_plan.access.policy import EDITORS, Permission, Role, may
from crisis_plan.db import db
from crisis_plan.funding.lines import ClaimState
from crisis_plan.funding.models import Claim, ClaimAttachment, ClaimStep
from crisis_plan.funding.revision_models import ClaimFile, ClaimRevision
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import Page, page_of

WAS_SUBMITTED = sa.exists().where(ClaimRevision.claim_id == Claim.id)


def is_open_to(roles: Collection[Role]) -> sa.ColumnElement[bool]:
    """Which claims someone with these roles reads; drafts are the CPTS's alone."""
    if not EDITORS.isdisjoint(roles):
        return sa.true()
    return WAS_SUBMITTED if may(roles, Permission.READ_CLAIM) else sa.false()


def readable(cpts: Cpts, roles: Collection[Role]) -> Sequence[Claim]:
    """The claims that these roles read, the latest first, with their steps and revisions; three statements."""
    query = sa.select(Claim).where(Claim.cpts_id == cpts.id, is_open_to(roles)).order_by(Claim.number.desc())
    return db.session.scalars(query.options(selectinload(Claim.steps), selectinload(Claim.revisions))).all()


def readable_or_404(cpts: Cpts, claim_id: uuid.UUID, roles: Collection[Role]) -> Claim:
    """The claim at this address, for whom the page is made, with all that is shown of it; five statements."""
    query = sa.select(Claim).where(Claim.cpts_id == cpts.id, Claim.id == claim_id, is_open_to(roles))
    return db.session.scalars(query.options(*_whole())).one_or_none() or abort(404)


def claim_or_404(cpts: Cpts, claim_id: uuid.UUID) -> Claim:
    """The claim at this address, for the CPTS that prepares it."""
    return readable_or_404(cpts, claim_id, EDITORS)


def live_claim(cpts: Cpts, subject: str) -> Claim | None:
    """The claim of this subject that was not abandoned; one statement."""
    query = sa.select(Claim).where(
        Claim.cpts_id == cpts.id, Claim.subject == subject, Claim.state != ClaimState.ABANDONED
    )
    return db.session.scalars(query).one_or_none()


def next_number(cpts: Cpts) -> int:
    """The number that the next claim will bear; whoever opens it holds the CPTS."""
    return (db.session.scalar(sa.select(sa.func.max(Claim.number)).where(Claim.cpts_id == cpts.id)) or 0) + 1


def submitted_of(cpts_ids: Collection[uuid.UUID]) -> Sequence[Claim]:
    """What awaits the caisse's answer among these CPTS, the oldest submission first, with its CPTS; two statements."""
    query = sa.select(Claim).where(Claim.cpts_id.in_(cpts_ids), Claim.state == ClaimState.SUBMITTED, WAS_SUBMITTED)
    found = db.session.scalars(query.options(joinedload(Claim.cpts), selectinload(Claim.revisions))).all()
    return sorted(found, key=lambda claim: (claim.revisions[-1].submitted_at, claim.number))


def submitted_page(cpts_ids: Collection[uuid.UUID], number: int) -> Page[Claim]:
    """What these CPTS submitted, what awaits an answer first, then the latest first; four statements."""
    awaits = sa.case((Claim.state == ClaimState.SUBMITTED, 0), else_=1)
    last = sa.select(sa.func.max(ClaimRevision.submitted_at)).where(ClaimRevision.claim_id == Claim.id)
    query = sa.select(Claim).where(Claim.cpts_id.in_(cpts_ids), WAS_SUBMITTED)
    ordered = query.order_by(awaits, last.scalar_subquery().desc(), Claim.id)
    return page_of(ordered.options(joinedload(Claim.cpts), selectinload(Claim.revisions)), number)


def awaiting_counts(cpts_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many claims of each of these CPTS await the caisse's answer; one without any is absent; one statement."""
    awaiting = (Claim.cpts_id.in_(cpts_ids), Claim.state == ClaimState.SUBMITTED, WAS_SUBMITTED)
    query = sa.select(Claim.cpts_id, sa.func.count().label("claims")).where(*awaiting).group_by(Claim.cpts_id)
    return {row.cpts_id: row.claims for row in db.session.execute(query)}


def attachment_or_404(claim: Claim, attachment_id: uuid.UUID) -> ClaimAttachment:
    """A document that the CPTS added to this claim, withdrawn since or not."""
    return next((one for one in claim.attached if one.id == attachment_id), None) or abort(404)


def revision_or_404(claim: Claim, number: int) -> ClaimRevision:
    """The revision of this number, with its frozen content and the names of its files."""
    query = sa.select(ClaimRevision).where(ClaimRevision.claim_id == claim.id, ClaimRevision.number == number)
    beside = (undefer(ClaimRevision.content), selectinload(ClaimRevision.files))
    return db.session.scalars(query.options(*beside)).one_or_none() or abort(404)


def file_or_404(revision: ClaimRevision, media_type: str) -> ClaimFile:
    """One of the two files of a revision, with its bytes."""
    query = sa.select(ClaimFile).where(ClaimFile.revision_id == revision.id, ClaimFile.media_type == media_type)
    return db.session.scalars(query.options(undefer(ClaimFile.content))).one_or_none() or abort(404)


def step_or_404(claim: Claim, step_id: uuid.UUID) -> ClaimStep:
    """A step of this claim that has a document."""
    return next((one for one in claim.steps if one.id == step_id and one.document), None) or abort(404)


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(Claim.crisis),
        selectinload(Claim.steps).joinedload(ClaimStep.document),
        selectinload(Claim.attached),
        selectinload(Claim.revisions).selectinload(ClaimRevision.files),
    )
