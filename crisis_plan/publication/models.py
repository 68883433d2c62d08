"""Published versions: frozen content and the bytes printed from it. Never changed afterwards."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.access.models import Account
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.rules import FileKind, PublicationKind, file_name, version_name


class Publication(Identified, Base):
    """A version of the plan: published, provisional, or an earlier one written elsewhere."""

    __tablename__ = "publications"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "kind", "number"),)
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    kind: Mapped[PublicationKind] = mapped_column(enum_column(PublicationKind))
    number: Mapped[int]
    """Counted apart for each kind: version 3, version provisoire 2."""
    dated_on: Mapped[date]
    published_at: Mapped[datetime]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    author_name: Mapped[str] = mapped_column(sa.String(160))
    adopted_by: Mapped[str] = mapped_column(sa.String(160), default="")
    adopted_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    content: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """The frozen document (`document.serial`); none for an earlier version."""
    content_sha256: Mapped[str] = mapped_column(sa.String(64), default="")

    cpts: Mapped[Cpts] = relationship()
    author: Mapped[Account] = relationship()
    files: Mapped[list[PublicationFile]] = relationship(back_populates="publication", order_by="PublicationFile.kind")

    @property
    def name(self) -> str:
        """« Version 3 »."""
        return version_name(self.kind, self.number)

    def file_name(self, kind: FileKind) -> str:
        """The dated name under which one of its files is downloaded."""
        return file_name(self.cpts.slug, self.kind, self.number, self.dated_on, file=kind)


class PublicationFile(Identified, Base):
    """The exact bytes that are downloaded."""

    __tablename__ = "publication_files"
    __table_args__ = (sa.UniqueConstraint("publication_id", "kind"),)

    publication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("publications.id"), index=True)
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]

    publication: Mapped[Publication] = relationship(back_populates="files")
