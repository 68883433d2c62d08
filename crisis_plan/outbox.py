"""Mail to send: a row written in the transaction of the act itself, sent after it, each row claimed once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, Session, mapped_column

from crisis_plan import clock, mailing
from crisis_plan.db import Base, Identified, db, write_apart
from crisis_plan.transactions import after_commit

CLAIM_EXPIRES_AFTER = timedelta(minutes=10)
TOO_OLD_AFTER = timedelta(days=2)
MOST_ATTEMPTS = 8
BODY_KEPT_FOR = timedelta(days=30)
PURGED = "(contenu effacé)"


class OutboxMessage(Identified, Base):
    """A message to one person. Its body is purged 30 days after sending (domain, section 12)."""

    __tablename__ = "outbox_messages"

    cpts_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("cpts.id", ondelete="SET NULL"), index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")


def post(*, to: str, subject: str, body: str, at: datetime, cpts_id: uuid.UUID | None = None) -> None:
    """Put a message in the outbox; it leaves once the request's transaction is durable.

    Without a mail server nothing is kept (a body may hold a personal link), but in a demonstration, which shows it.
    """
    if not keeps_mail():
        return
    message = OutboxMessage(recipient=to, subject=mailing.one_line(subject), body=body, created_at=at, cpts_id=cpts_id)
    db.session.add(message)
    db.session.flush()
    message_id = message.id
    if sends_mail():
        after_commit(lambda: send(message_id))


@dataclass(frozen=True)
class Mail:
    """A message to one person, ready to be posted."""

    to: str
    subject: str
    body: str


def post_many(mails: Sequence[Mail], *, at: datetime, cpts_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Put many messages in the outbox at once; returns who they are, in order: none where nothing is kept.

    They leave one after the other once the request is answered; whatever is left, `flask send-outbox` takes up.
    """
    if not keeps_mail():
        return []
    messages = [
        OutboxMessage(
            id=uuid.uuid4(),
            recipient=mail.to,
            subject=mailing.one_line(mail.subject),
            body=mail.body,
            created_at=at,
            cpts_id=cpts_id,
        )
        for mail in mails
    ]
    db.session.add_all(messages)
    db.session.flush()
    ids = [message.id for message in messages]
    if sends_mail():
        after_commit(lambda: [send(one) for one in ids])
    return ids


def sends_mail() -> bool:
    """Whether this installation has a mail server."""
    return bool(current_app.config["SMTP_URL"])


def keeps_mail() -> bool:
    """Whether a message posted here is kept: to be sent, or shown by the demonstration."""
    return sends_mail() or bool(current_app.config["DEMO"])


def waiting(now: datetime) -> Sequence[uuid.UUID]:
    """Messages still to send, oldest first; not those that another process is sending, nor those gone stale."""
    return db.session.scalars(
        sa.select(OutboxMessage.id)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.attempts < MOST_ATTEMPTS,
            OutboxMessage.created_at > now - TOO_OLD_AFTER,
            sa.or_(OutboxMessage.claimed_at.is_(None), OutboxMessage.claimed_at < now - CLAIM_EXPIRES_AFTER),
        )
        .order_by(OutboxMessage.created_at)
    ).all()


def send(message_id: uuid.UUID) -> bool:
    """Claim the message, send it, note the outcome. False when it is not ours to send or could not be sent.

    One that cannot even be written as a mail is counted like one that the server refused: the others go on.
    """
    now = clock.now()
    claimed = write_apart(lambda session: _claim(session, message_id, now))
    if claimed is None:
        return False
    try:
        mailing.deliver(mailing.written(*claimed))
    except mailing.NOT_SENT as error:
        reason = f"{type(error).__name__}: {error}"[:300]
        write_apart(lambda session: _note(session, message_id, sent_at=None, error=reason))
        return False
    write_apart(lambda session: _note(session, message_id, sent_at=clock.now(), error=""))
    return True


def posted_since(to: str, subject: str, since: datetime) -> bool:
    """Whether this message was written to this person since then."""
    return bool(
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    OutboxMessage.recipient == to,
                    OutboxMessage.subject == mailing.one_line(subject),
                    OutboxMessage.created_at > since,
                )
            )
        )
    )


def purge_bodies(now: datetime) -> int:
    """Erase the bodies of messages long enough after they were written; addresses and dates stay as a trace."""
    result = db.session.execute(
        sa.update(OutboxMessage)
        .where(OutboxMessage.created_at < now - BODY_KEPT_FOR, OutboxMessage.body != PURGED)
        .values(body=PURGED)
    )
    return result.rowcount  # type: ignore[attr-defined, no-any-return]


def _claim(session: Session, message_id: uuid.UUID, now: datetime) -> sa.Row[str, str, str] | None:
    return session.execute(
        sa.update(OutboxMessage)
        .where(
            OutboxMessage.id == message_id,
            OutboxMessage.sent_at.is_(None),
            sa.or_(OutboxMessage.claimed_at.is_(None), OutboxMessage.claimed_at < now - CLAIM_EXPIRES_AFTER),
        )
        .values(claimed_at=now, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage.recipient, OutboxMessage.subject, OutboxMessage.body)
    ).one_or_none()


def _note(session: Session, message_id: uuid.UUID, *, sent_at: datetime | None, error: str) -> None:
    session.execute(
        sa.update(OutboxMessage)
        .where(OutboxMessage.id == message_id)
        .values(sent_at=sent_at, claimed_at=None, last_error=error)
    )
