"""What readers say of a version, section by section, and what the CPTS answers. Never changed afterwards."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.opinions.rules import MessageKind, Standing, standing

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication


class Opinion(Identified, Base):
    """A conversation about one section of one version."""

    __tablename__ = "opinions"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    publication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("publications.id"), index=True)
    section_key: Mapped[str] = mapped_column(sa.String(40), default="")
    """The key of the requirement; empty: the plan as a whole."""
    section_title: Mapped[str] = mapped_column(sa.String(200))
    """As it was called in that version."""
    opened_at: Mapped[datetime]

    publication: Mapped[Publication] = relationship("Publication")
    messages: Mapped[list[OpinionMessage]] = relationship(back_populates="opinion", order_by="OpinionMessage.number")

    @property
    def standing(self) -> Standing:
        """Where the conversation is: its last word says it."""
        return standing([message.kind for message in self.messages])


class OpinionMessage(Identified, Base):
    """One word of the conversation."""

    __tablename__ = "opinion_messages"
    __table_args__ = (sa.UniqueConstraint("opinion_id", "number"),)

    opinion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("opinions.id"))
    number: Mapped[int]
    """From 1, without gaps."""
    kind: Mapped[MessageKind] = mapped_column(enum_column(MessageKind))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    """May be empty for « d’accord »."""
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    author_name: Mapped[str] = mapped_column(sa.String(160))
    institution_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("institutions.id"))
    """For which institution they spoke; none: for the CPTS."""
    body: Mapped[str] = mapped_column(sa.String(160))
    """Its name on that day, or the CPTS's."""
    written_at: Mapped[datetime]

    opinion: Mapped[Opinion] = relationship(back_populates="messages")
    erasure: Mapped[OpinionErasure | None] = relationship(lazy="joined", viewonly=True)

    @property
    def is_erased(self) -> bool:
        """Whether its text was erased on a legal order."""
        return self.erasure is not None


class OpinionErasure(Base):
    """The text of a word was erased on a legal order: who asked, who did it, when. Never changed afterwards."""

    __tablename__ = "opinion_erasures"

    message_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("opinion_messages.id"), primary_key=True)
    ordered_by: Mapped[str] = mapped_column(sa.String(300))
    """The authority and the reference of its decision."""
    erased_at: Mapped[datetime]
    erased_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    erased_by_name: Mapped[str] = mapped_column(sa.String(160))
