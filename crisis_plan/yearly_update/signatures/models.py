"""« Revu sans changement », signed by name and date: what the yearly update keeps of a thing that did not change."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.yearly_update.signatures.rules import ThingKind

STANDS = sa.text("withdrawn_at IS NULL")


class Signature(Identified, Base):
    """Someone read a thing of the plan again since a version, and says that it needs no change. Never changed, only withdrawn."""

    __tablename__ = "update_signatures"
    __table_args__ = (
        sa.Index(
            "uq_update_signatures_stands",
            "publication_id",
            "kind",
            "key",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    publication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("publications.id"))
    """The version since which nothing changed."""
    kind: Mapped[ThingKind] = mapped_column(enum_column(ThingKind))
    key: Mapped[str] = mapped_column(sa.String(80))
    label: Mapped[str] = mapped_column(sa.String(200))
    """As the thing was called that day: what the next version prints."""
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    signed_at: Mapped[datetime]
    signed_on: Mapped[date]
    """The same day as the CPTS's calendar shows it."""
    signed_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    signed_by_name: Mapped[str] = mapped_column(sa.String(160))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str] = mapped_column(sa.String(160), default="")
    printed_in_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("publications.id"))
    """The version that printed it: from then on it stays."""
