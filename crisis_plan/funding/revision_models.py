"""A claim as it was submitted, and the bytes that are downloaded of it: never changed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


class ClaimRevision(Identified, Base):
    """A claim as it was submitted: content, computation, evidence. Never changed: a correction is another one."""

    __tablename__ = "claim_revisions"
    __table_args__ = (sa.UniqueConstraint("claim_id", "number"),)

    claim_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("claims.id"), index=True)
    number: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_on: Mapped[date]
    submitted_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    submitted_by_name: Mapped[str] = mapped_column(sa.String(160))
    amount_cents: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """The frozen document (`document.serial`)."""
    content_sha256: Mapped[str] = mapped_column(sa.String(64))
    rate_set: Mapped[dict[str, Any]]
    """The set of amounts that it was computed with, whole."""
    evidence: Mapped[dict[str, Any]]
    """Its pieces, numbered: {"pieces": [{"number", "need", "label", "file_name", "sha256", "size"}], "asks_up_to": …}."""

    claim: Mapped[Claim] = relationship("Claim", back_populates="revisions")
    files: Mapped[list[ClaimFile]] = relationship(back_populates="revision")

    @property
    def asks_up_to(self) -> bool:
        """Whether it asks a ceiling, « jusqu’à »; a sum that the CPTS chose below it is exact."""
        return bool(self.evidence.get("asks_up_to"))


class ClaimFile(Identified, Base):
    """The exact bytes that are downloaded of a submitted claim: its file as PDF, all of it as ZIP."""

    __tablename__ = "claim_files"
    __table_args__ = (sa.UniqueConstraint("revision_id", "media_type"),)

    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("claim_revisions.id"), index=True)
    media_type: Mapped[str] = mapped_column(sa.String(40))
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]

    revision: Mapped[ClaimRevision] = relationship(back_populates="files")
