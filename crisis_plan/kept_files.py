"""Documents kept in the database with the row that they belong to: one thing to back up."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Identified
from crisis_plan.history import Actor
from crisis_plan.web.attachments import Attachment


class KeptFile(Identified):
    """The columns of a kept document; its bytes are read only when they are asked for."""

    file_name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    """In bytes."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True, nullable=True)
    """Always there; the column allows none, as the first table that kept documents did."""
    added_at: Mapped[datetime]
    added_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))

    def take(self, attachment: Attachment, *, by: Actor, at: datetime) -> None:
        """Hold this document, in the place of any other."""
        self.file_name, self.media_type, self.content = attachment.file_name, attachment.media_type, attachment.content
        self.size = len(attachment.content)
        self.sha256 = hashlib.sha256(attachment.content).hexdigest()
        self.added_at, self.added_by_id = at, by.id
