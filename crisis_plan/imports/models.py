"""What imports found, line by line."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Base, Identified


class ImportReport(Identified, Base):
    """What an import found, line by line: read first, applied once, kept as a report."""

    __tablename__ = "import_reports"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(20))
    """`contacts` or `stock`."""
    file_name: Mapped[str] = mapped_column(sa.String(200))
    read_at: Mapped[datetime]
    read_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    applied_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    """When what was typed left the report; outcomes stay."""
    headings: Mapped[list[str]] = mapped_column(default=list)
    """The columns of the file, as they were typed."""
    matching: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Folded heading to the field that it was read as; empty where nothing is matched."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the feature has to say of the whole file: what was asked of it, what it lacks, how much was passed over."""
    lines: Mapped[list[dict[str, object]]] = mapped_column(sa.JSON)


class RememberedColumn(Identified, Base):
    """A heading that people of this CPTS have already said the meaning of."""

    __tablename__ = "import_columns"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "subject", "heading"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(sa.String(20))
    heading: Mapped[str] = mapped_column(sa.String(200))
    """Folded: without accents or case."""
    field: Mapped[str] = mapped_column(sa.String(40))
    """Empty: this column is not read."""
