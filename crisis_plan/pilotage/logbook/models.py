"""The logbook: append only, numbered without gaps, each entry sealing those before it."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.identities import names_a_person
from crisis_plan.kept_files import KeptFile
from crisis_plan.pilotage.logbook.contents import CONTENT, Content, read_content
from crisis_plan.pilotage.logbook.rules import WRONG_CLOCK, EntryKind, Part, entry_name
from crisis_plan.pilotage.logbook.seals import Header

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import Crisis


class LogbookEntry(Identified, Base):
    """One line of the logbook. The database refuses UPDATE and DELETE, but the erasure of a content on order."""

    __tablename__ = "logbook_entries"
    __table_args__ = (
        sa.UniqueConstraint("crisis_id", "part", "number"),
        sa.UniqueConstraint("client_key"),
        sa.Index("ix_logbook_entries_crisis_id_corrects", "crisis_id", "corrects"),
        sa.Index("ix_logbook_entries_crisis_id_author_id", "crisis_id", "author_id"),
        sa.Index(
            "ix_logbook_entries_counted", "crisis_id", "part", "kind", "entered_at", "number"
        ),  # `reckoning` reads no row
    )

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"))
    part: Mapped[Part] = mapped_column(enum_column(Part))
    number: Mapped[int]
    """In its part, from 1 without gaps."""
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    happened_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    """The server's clock; nobody can type it."""
    device_at: Mapped[datetime | None]
    """The device's clock, for what was typed without network."""
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    author_name: Mapped[str] = mapped_column(sa.String(160))
    """As the author was called that day."""
    corrects: Mapped[int | None]
    """The number, in the main part, of the entry that this one corrects."""
    client_key: Mapped[uuid.UUID]
    salt: Mapped[str | None] = mapped_column(sa.String(64))
    content: Mapped[str | None] = mapped_column(sa.Text)
    """The canonical text of what it says (`contents.canonical`); none once erased on a legal order, and its salt with it."""
    search_text: Mapped[str] = mapped_column(sa.Text)
    """What a search looks into, without accents or case; made from the content and checked with it."""
    content_digest: Mapped[str] = mapped_column(sa.String(64))
    previous_seal: Mapped[str] = mapped_column(sa.String(64))
    seal: Mapped[str] = mapped_column(sa.String(64))

    crisis: Mapped[Crisis] = relationship("Crisis")
    attachments: Mapped[list[LogbookAttachment]] = relationship(
        back_populates="entry", order_by="LogbookAttachment.position", passive_deletes="all"
    )

    corrections: Mapped[list[LogbookEntry]] = relationship(
        primaryjoin="and_(LogbookEntry.crisis_id == remote(foreign(LogbookEntry.crisis_id)),"
        " LogbookEntry.number == remote(foreign(LogbookEntry.corrects)), LogbookEntry.part == 'main')",
        order_by="[LogbookEntry.entered_at, LogbookEntry.number]",
        viewonly=True,
    )
    """The entries that correct this one, in their order."""
    corrected: Mapped[LogbookEntry | None] = relationship(
        primaryjoin="and_(foreign(LogbookEntry.crisis_id) == remote(LogbookEntry.crisis_id),"
        " foreign(LogbookEntry.corrects) == remote(LogbookEntry.number), remote(LogbookEntry.part) == 'main')",
        viewonly=True,
        uselist=False,
    )
    """The entry that this one corrects."""
    flag: Mapped[EntryFlag | None] = relationship(viewonly=True, uselist=False)
    erasure: Mapped[EntryErasure | None] = relationship(viewonly=True, uselist=False)

    @property
    def name(self) -> str:
        """« n° 12 »."""
        return entry_name(self.part, self.number)

    @property
    def is_erased(self) -> bool:
        return self.content is None

    @cached_property
    def said(self) -> Content:
        """What it says; empty once erased."""
        return read_content(self.content) if self.content else Content()

    @property
    def is_without_reason(self) -> bool:
        """A decision of which nobody wrote why it was taken: accepted, and listed for the debrief."""
        return self.kind is EntryKind.DECISION and not self.is_erased and not self.said.reason

    @property
    def is_to_check(self) -> bool:
        """Typed without network or after the closing, hence never asked about, it looks as if it named someone."""
        is_from_a_device = self.device_at is not None or WRONG_CLOCK in self.said.late_reason
        was_not_asked = is_from_a_device or self.part is Part.ANNEX
        return was_not_asked and any(names_a_person(getattr(self.said, name)) for name in CONTENT)

    @property
    def header(self) -> Header:
        """All that the seal covers beside the content."""
        return Header(
            id=self.id,
            crisis_id=self.crisis_id,
            part=self.part,
            number=self.number,
            kind=self.kind,
            happened_at=self.happened_at,
            entered_at=self.entered_at,
            device_at=self.device_at,
            author_id=self.author_id,
            author_name=self.author_name,
            corrects=self.corrects,
            client_key=self.client_key,
        )


class LogbookAttachment(KeptFile, Base):
    """A document of an entry; its name, type, size and hash are part of the sealed content."""

    __tablename__ = "logbook_attachments"
    __table_args__ = (sa.UniqueConstraint("entry_id", "position"),)

    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    position: Mapped[int]

    entry: Mapped[LogbookEntry] = relationship(back_populates="attachments")


class EntryErasure(Identified, Base):
    """A content was erased on a legal order: who asked, who did it, when. Never changed afterwards."""

    __tablename__ = "entry_erasures"
    __table_args__ = (sa.UniqueConstraint("entry_id"),)

    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    ordered_by: Mapped[str] = mapped_column(sa.String(300))
    """The authority and the reference of its decision."""
    erased_at: Mapped[datetime]
    erased_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    erased_by_name: Mapped[str] = mapped_column(sa.String(160))


class EntryFlag(Base):
    """« À revoir » : someone marked an entry for the debrief. Beside the log, not in it."""

    __tablename__ = "entry_flags"

    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"), primary_key=True)
    flagged_at: Mapped[datetime]
    flagged_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    flagged_by_name: Mapped[str] = mapped_column(sa.String(160))
    note: Mapped[str] = mapped_column(sa.String(300), default="")
