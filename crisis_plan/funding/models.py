"""Dated rates, what the CPAM answered, and claims with all that proves them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.funding.lines import ActionsOf2021, ClaimState, Doubt, FundingLine, Majoration, Need, StepKind
from crisis_plan.funding.revision_models import ClaimRevision
from crisis_plan.kept_files import KeptFile
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis

LIVES = sa.text("state <> 'abandoned'")


class StoredRateSet(Identified, Base):
    """A set of amounts that an operator added after those of the software. Never changed, only withdrawn."""

    __tablename__ = "rate_sets"

    label: Mapped[str] = mapped_column(sa.String(160))
    in_force_from: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(300))
    """The text: name, date, article."""
    amounts: Mapped[dict[str, Any]]
    """Euros by line, then by size: {"first_writing": {"1": 25000, …}, …}."""
    majoration_percent: Mapped[int]
    majoration_members: Mapped[int]
    """Members from which a size-4 CPTS may have it."""
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    entered_by_name: Mapped[str] = mapped_column(sa.String(160))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str] = mapped_column(sa.String(160), default="")
    withdrawn_why: Mapped[str] = mapped_column(sa.String(300), default="")


class FundingSituation(Base):
    """What a CPTS says of itself that its amounts depend on, beside its size and its contract."""

    __tablename__ = "funding_situations"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), primary_key=True)
    member_professionals: Mapped[int | None]
    """Health professionals who expressly joined; never those of the territory (domain, section 1)."""
    member_structures: Mapped[int | None]
    members_counted_on: Mapped[date | None]
    has_early_contract: Mapped[bool] = mapped_column(default=False)
    """« Mission précoce »: such a contract does not cover the crisis mission."""
    joined_on: Mapped[date | None]
    """When the CPTS joined the ACI, for the provision of 2021."""
    actions_of_2021: Mapped[ActionsOf2021 | None] = mapped_column(enum_column(ActionsOf2021))
    """What it did in the crisis of 2021, for the same provision; none: not said."""
    version: Mapped[int] = mapped_column(default=1)


class CpamAnswer(Identified, Base):
    """What the CPAM said of a doubt, with its date and source. Append only: a later answer takes its place."""

    __tablename__ = "cpam_answers"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    doubt: Mapped[Doubt] = mapped_column(enum_column(Doubt))
    answered_on: Mapped[date]
    source: Mapped[str] = mapped_column(sa.String(200))
    """Who answered, and how: « CPAM du Gard, courrier du 12 mai »."""
    text: Mapped[str] = mapped_column(sa.Text)
    settles: Mapped[bool]
    """Whether it ends the doubt; else the doubt stays, with this beside it."""
    majoration: Mapped[Majoration | None] = mapped_column(enum_column(Majoration))
    """Of the doubt on the majoration alone: what was answered."""
    applies_from: Mapped[date | None]
    """Of a confirmed majoration: from when, since it is not retroactive (domain, section 10)."""
    document_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("cpam_answer_documents.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    recorded_by_name: Mapped[str] = mapped_column(sa.String(160))

    document: Mapped[CpamAnswerDocument | None] = relationship("CpamAnswerDocument")


class CpamAnswerDocument(KeptFile, Base):
    """The letter or the mail that says it."""

    __tablename__ = "cpam_answer_documents"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)


class Claim(Identified, Base):
    """One line, claimed once: prepared and submitted here, or recorded as claimed outside the tool."""

    __tablename__ = "claims"
    __table_args__ = (
        sa.UniqueConstraint("cpts_id", "number"),
        sa.Index("uq_claims_subject", "cpts_id", "subject", unique=True, sqlite_where=LIVES, postgresql_where=LIVES),
    )
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    number: Mapped[int]
    line: Mapped[FundingLine] = mapped_column(enum_column(FundingLine))
    mission_year: Mapped[int | None]
    """Of an update: 2 and after."""
    crisis_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("crises.id"))
    subject: Mapped[str] = mapped_column(sa.String(80))
    """What may be claimed once: « year-1 », « year-4 », « crisis-<identity> », « provision-2021 »."""
    title: Mapped[str] = mapped_column(sa.String(200))
    is_outside: Mapped[bool] = mapped_column(default=False)
    """Claimed or paid outside the tool: recorded, and not offered again."""
    state: Mapped[ClaimState] = mapped_column(enum_column(ClaimState))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """What the CPTS adds, printed on the file."""
    wanted_cents: Mapped[int | None]
    """What the CPTS wants of a ceiling while it prepares; none: the ceiling of the day. Never read by a caisse."""
    asked_cents: Mapped[int | None]
    """What the last submission asked, or what was asked outside the tool; none before either."""
    agreed_cents: Mapped[int | None]
    paid_cents: Mapped[int | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    opened_by_name: Mapped[str] = mapped_column(sa.String(160))
    version: Mapped[int] = mapped_column(default=1)

    cpts: Mapped[Cpts] = relationship()
    crisis: Mapped[Crisis | None] = relationship("Crisis")
    steps: Mapped[list[ClaimStep]] = relationship(back_populates="claim", order_by="ClaimStep.recorded_at")
    attached: Mapped[list[ClaimAttachment]] = relationship(back_populates="claim", order_by="ClaimAttachment.added_at")
    revisions: Mapped[list[ClaimRevision]] = relationship(back_populates="claim", order_by="ClaimRevision.number")

    @property
    def asks_up_to(self) -> bool:
        """Whether what it asked last is « jusqu’à »."""
        return any(one.asks_up_to for one in self.revisions[-1:])


class ClaimAttachment(KeptFile, Base):
    """A document that the CPTS adds to a claim, for what the tool does not hold."""

    __tablename__ = "claim_attachments"

    claim_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("claims.id"), index=True)
    need: Mapped[Need] = mapped_column(enum_column(Need))
    label: Mapped[str] = mapped_column(sa.String(200))
    withdrawn_at: Mapped[datetime | None]

    claim: Mapped[Claim] = relationship(back_populates="attached")


class ClaimStep(Identified, Base):
    """What happened to a claim: when, by whom, for how much, why. Append only."""

    __tablename__ = "claim_steps"

    claim_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("claims.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(enum_column(StepKind))
    dated_on: Mapped[date]
    """The day of the act itself, such as that of the letter of the CPAM."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    recorded_by_name: Mapped[str] = mapped_column(sa.String(160))
    institution: Mapped[str] = mapped_column(sa.String(160), default="")
    """The caisse whose reader recorded it; empty: the CPTS did."""
    revision_number: Mapped[int | None]
    amount_cents: Mapped[int | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    document_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("claim_step_documents.id"))

    claim: Mapped[Claim] = relationship(back_populates="steps")
    document: Mapped[ClaimStepDocument | None] = relationship("ClaimStepDocument")

    @property
    def asks_up_to(self) -> bool:
        """Of a submission: whether what it asked is « jusqu’à »."""
        if self.kind is not StepKind.SUBMITTED:
            return False
        return any(one.asks_up_to for one in self.claim.revisions if one.number == self.revision_number)


class ClaimStepDocument(KeptFile, Base):
    """The letter of the CPAM, the bank statement: what proves a step."""

    __tablename__ = "claim_step_documents"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
