"""The debrief of a crisis or an exercise: its meetings, what was found, what was validated."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.document.blocks import Edition
from crisis_plan.evaluation.debriefs.rules import FindingKind, Meeting

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.anticipation.exercises.models import Exercise
    from crisis_plan.evaluation.improvements.models import Improvement
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.crises.models import Crisis
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class Debrief(Identified, Base):
    """What a crisis, an exercise of the crisis room or one of the programme taught. Once validated it never changes."""

    __tablename__ = "debriefs"
    __table_args__ = (
        sa.UniqueConstraint("crisis_id"),
        sa.UniqueConstraint("exercise_id"),
        sa.CheckConstraint("(crisis_id IS NULL) <> (exercise_id IS NULL)", name="of_one_thing"),
    )
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    crisis_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("crises.id"))
    """The crisis, or the exercise played in the crisis room."""
    exercise_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("exercises.id"))
    """The exercise of the programme, where no logbook was kept."""
    is_exercise: Mapped[bool]
    subject: Mapped[str] = mapped_column(sa.String(200))
    """« Crise n° 1 », « Exercice n° 2 », « Exercice sur table »."""
    title: Mapped[str] = mapped_column(sa.String(160))
    crisis_type: Mapped[CrisisType | None] = mapped_column(enum_column(CrisisType))
    over_on: Mapped[date]
    """The day of the stand-down, or of the exercise: what the dates count from."""
    owner_account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    owner_name: Mapped[str] = mapped_column(sa.String(160), default="")
    report_on: Mapped[date]
    """By when it is to be validated."""
    description: Mapped[str] = mapped_column(sa.Text, default="")
    """Heading 1, in light Markdown; empty: as the logbook writes it by itself."""
    lessons: Mapped[str] = mapped_column(sa.Text, default="")
    """Heading 4, in light Markdown, beside the list of improvements."""
    is_shared_with_ars: Mapped[bool] = mapped_column(default=False)
    is_shared_with_cpam: Mapped[bool] = mapped_column(default=False)
    """Only once validated: what its readers then see (CPAM: MSA too)."""
    opened_at: Mapped[datetime]
    validated_at: Mapped[datetime | None]
    validated_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))
    validated_by_name: Mapped[str] = mapped_column(sa.String(160), default="")
    content: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """The frozen document (`document.serial`) once validated."""
    content_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    reminded: Mapped[str] = mapped_column(sa.String(200), default="")
    """The dates of which its owner was reminded: « hot:2026-08-14 report:2026-10-09 »."""
    version: Mapped[int] = mapped_column(default=1)

    cpts: Mapped[Cpts] = relationship("Cpts")
    crisis: Mapped[Crisis | None] = relationship("Crisis")
    exercise: Mapped[Exercise | None] = relationship("Exercise")
    owner: Mapped[Account | None] = relationship("Account", foreign_keys=[owner_account_id])
    meetings: Mapped[list[DebriefMeeting]] = relationship(back_populates="debrief", order_by="DebriefMeeting.position")
    findings: Mapped[list[DebriefFinding]] = relationship(back_populates="debrief", order_by="DebriefFinding.number")
    addenda: Mapped[list[DebriefAddendum]] = relationship(back_populates="debrief", order_by="DebriefAddendum.number")
    comments: Mapped[list[FigureComment]] = relationship(back_populates="debrief")

    @property
    def is_validated(self) -> bool:
        return self.validated_at is not None

    @property
    def name(self) -> str:
        """« Bilan de la crise n° 1 : Canicule »."""
        return f"Bilan\u00a0: {self.subject}, {self.title}"


class DebriefMeeting(Identified, Base):
    """One of the three meetings: when it is planned, when it was held, by whom and with whom."""

    __tablename__ = "debrief_meetings"
    __table_args__ = (sa.UniqueConstraint("debrief_id", "meeting"),)

    debrief_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debriefs.id"))
    position: Mapped[int]
    meeting: Mapped[Meeting] = mapped_column(enum_column(Meeting))
    planned_on: Mapped[date | None]
    """None: this meeting will not be held, and `notes` says why."""
    held_on: Mapped[date | None]
    facilitator: Mapped[str] = mapped_column(sa.String(160), default="")
    participants: Mapped[str] = mapped_column(sa.Text, default="")
    """One a line: name, function or organisation."""
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    debrief: Mapped[Debrief] = relationship(back_populates="meetings")

    @property
    def people(self) -> list[str]:
        """Who took part, one a line."""
        return [line.strip() for line in self.participants.splitlines() if line.strip()]


class DebriefFinding(Identified, Base):
    """A strong or a weak point: as it was said, and as it is validated."""

    __tablename__ = "debrief_findings"
    __table_args__ = (sa.UniqueConstraint("debrief_id", "number"),)

    debrief_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debriefs.id"))
    number: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(enum_column(FindingKind))
    as_said: Mapped[str] = mapped_column(sa.Text)
    """In the words of the meeting: never changed afterwards."""
    as_validated: Mapped[str] = mapped_column(sa.Text, default="")
    """As the group agreed to write it; empty: as it was said."""
    section_key: Mapped[str] = mapped_column(sa.String(40), default="")
    """The requirement concerned; empty: a card, or none."""
    card_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("action_cards.id", ondelete="SET NULL"), index=True)
    target: Mapped[str] = mapped_column(sa.String(200), default="")
    """The title of the section or of the card when it was chosen."""
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    author_name: Mapped[str] = mapped_column(sa.String(160))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """Taken off the debrief; still readable while it is being written."""
    withdrawn_why: Mapped[str] = mapped_column(sa.String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    debrief: Mapped[Debrief] = relationship(back_populates="findings")
    entries: Mapped[list[FindingEntry]] = relationship(
        back_populates="finding", cascade="all, delete-orphan", order_by="FindingEntry.position"
    )
    improvements: Mapped[list[Improvement]] = relationship("Improvement", order_by="Improvement.number", viewonly=True)

    @property
    def text(self) -> str:
        """What the debrief prints."""
        return self.as_validated or self.as_said


class FindingEntry(Base):
    """An entry of the logbook that a finding rests on."""

    __tablename__ = "finding_entries"

    finding_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debrief_findings.id"), primary_key=True)
    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"), primary_key=True)
    position: Mapped[int]

    finding: Mapped[DebriefFinding] = relationship(back_populates="entries")
    entry: Mapped[LogbookEntry] = relationship("LogbookEntry")


class FigureComment(Identified, Base):
    """What people say of a figure, which itself nobody can edit."""

    __tablename__ = "figure_comments"
    __table_args__ = (sa.UniqueConstraint("debrief_id", "figure"),)

    debrief_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debriefs.id"))
    figure: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime]
    written_by_name: Mapped[str] = mapped_column(sa.String(160))
    version: Mapped[int] = mapped_column(default=1)

    debrief: Mapped[Debrief] = relationship(back_populates="comments")


class DebriefAddendum(Identified, Base):
    """A dated part added to a validated debrief. Never changed afterwards."""

    __tablename__ = "debrief_addenda"
    __table_args__ = (sa.UniqueConstraint("debrief_id", "number"),)

    debrief_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debriefs.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    dated_on: Mapped[date]
    written_at: Mapped[datetime]
    written_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    written_by_name: Mapped[str] = mapped_column(sa.String(160))

    debrief: Mapped[Debrief] = relationship(back_populates="addenda")


class DebriefFile(Identified, Base):
    """The exact bytes that are downloaded: the debrief, or one of its addenda, in one edition."""

    __tablename__ = "debrief_files"
    __table_args__ = (sa.UniqueConstraint("debrief_id", "addendum_number", "edition"),)

    debrief_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("debriefs.id"))
    addendum_number: Mapped[int]
    """0: the debrief itself."""
    edition: Mapped[Edition] = mapped_column(enum_column(Edition))
    content: Mapped[bytes | None] = mapped_column(deferred=True)
    """None only once an order erased an entry that it quotes."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
