"""Who changed what, written in the same transaction. History stores which fields changed, never their values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Base, Identified, db
from crisis_plan.web.pages import Page, page_of


class Verb(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    IMPORTED = "imported"
    MERGED = "merged"
    EXPORTED = "exported"
    PUBLISHED = "published"
    INVITED = "invited"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return {
            "created": "Création",
            "changed": "Modification",
            "removed": "Suppression",
            "imported": "Import",
            "merged": "Fusion",
            "exported": "Remise de ses données",
            "published": "Publication",
            "invited": "Invitation",
            "revoked": "Retrait d’accès",
        }[self.value]


MADE_FROM_OTHERS = frozenset({"folded_name"})
"""Fields that only follow another one: nobody is told that they changed."""


class Actor(Protocol):
    """Whoever acts: only an identity is kept."""

    id: Mapped[uuid.UUID]


class HistoryEvent(Identified, Base):
    """One change, never edited afterwards."""

    __tablename__ = "history_events"

    cpts_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    verb: Mapped[Verb] = mapped_column(sa.String(20))
    subject: Mapped[str] = mapped_column(sa.String(60))
    """What kind of thing: `contact`, `section`, `stock_item`…"""
    subject_id: Mapped[str] = mapped_column(sa.String(60))
    fields: Mapped[list[str]] = mapped_column(default=list)


def record(
    verb: Verb,
    subject: str,
    subject_id: object,
    *,
    cpts_id: uuid.UUID | None,
    by: Actor | None,
    at: datetime,
    fields: Sequence[str] = (),
) -> None:
    """Add a line to the history, in the transaction of the change itself."""
    db.session.add(
        HistoryEvent(
            cpts_id=cpts_id,
            at=at,
            actor_id=by.id if by else None,
            verb=verb,
            subject=subject,
            subject_id=str(subject_id),
            fields=sorted(fields),
        )
    )


class Kept(Protocol):
    """A row of a CPTS that counts its changes."""

    id: uuid.UUID
    cpts_id: uuid.UUID
    version: int
    updated_at: datetime


def rewrite(row: Kept, written: Mapping[str, object], *, subject: str, by: Actor, at: datetime) -> bool:
    """Write what differs, count one more version and say which fields changed. Whether anything did."""
    fields = [name for name, value in written.items() if getattr(row, name) != value]
    if not fields:
        return False
    for name in fields:
        setattr(row, name, written[name])
    row.version += 1
    row.updated_at = at
    said = [name for name in fields if name not in MADE_FROM_OTHERS]
    record(Verb.CHANGED, subject, row.id, cpts_id=row.cpts_id, by=by, at=at, fields=said)
    db.session.flush()
    return True


def events_of(cpts_id: uuid.UUID, subject: str, subject_id: object, number: int) -> Page[HistoryEvent]:
    """A page of what happened to one thing of a CPTS, newest first."""
    query = sa.select(HistoryEvent).where(
        HistoryEvent.cpts_id == cpts_id,
        HistoryEvent.subject == subject,
        HistoryEvent.subject_id == str(subject_id),
    )
    return page_of(query.order_by(HistoryEvent.at.desc(), HistoryEvent.id), number)
