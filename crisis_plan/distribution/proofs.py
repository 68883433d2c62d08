"""What the proofs of one delivery amount to: pure, from its events and from what became of its last message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from crisis_plan.distribution.rules import REMINDED_AGAIN_AFTER, EventKind


class MailState(StrEnum):
    """What became of the last message."""

    NONE = "none"
    WAITING = "waiting"
    LEFT = "left"
    LOST = "lost"

    @property
    def label(self) -> str:
        said = {"none": "Aucun courriel", "waiting": "En attente d’envoi", "left": "Parti", "lost": "Non parti"}
        return said[self.value]


class State(StrEnum):
    """Where a recipient stands, in one word."""

    TO_SEND = "to_send"
    TO_HAND = "to_hand"
    LOST = "lost"
    WAITING = "waiting"
    SENT = "sent"
    HANDED = "handed"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    REVOKED = "revoked"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return {
            "to_send": "À envoyer",
            "to_hand": "À remettre, sans courriel",
            "lost": "Non parti",
            "waiting": "En attente d’envoi",
            "sent": "Envoyé, pas ouvert",
            "handed": "Remis",
            "opened": "Ouvert",
            "acknowledged": "Accusé de réception",
            "revoked": "Lien retiré",
            "nothing": "Rien de prouvé",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        warned = ("to_send", "to_hand", "nothing")
        said = {"lost": "urgent", "revoked": "neutral", "waiting": "info", "sent": "info"}
        return "warning" if self.value in warned else said.get(self.value, "ok")


class Message(Protocol):
    """A message, as the outbox knows it."""

    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def last_error(self) -> str: ...


class Event(Protocol):
    """One proof."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def handed_on(self) -> date | None: ...
    @property
    def by_name(self) -> str: ...
    @property
    def withdraws_id(self) -> UUID | None: ...


Proof = TypeVar("Proof", bound=Event)


def mail_state(message: Message | None, *, was_written: bool, stale_before: datetime | None) -> MailState:
    """What became of a message. One that is gone from the outbox without having left never left.

    `stale_before`: an unsent message written before that moment leaves no more; none where nothing is ever sent.
    """
    if message is None:
        return MailState.LOST if was_written else MailState.NONE
    if message.sent_at:
        return MailState.LEFT
    is_stale = stale_before is not None and message.created_at < stale_before
    return MailState.LOST if message.last_error or is_stale else MailState.WAITING


@dataclass(frozen=True)
class Trace:
    """The proofs of one delivery, read together."""

    mail: MailState = MailState.NONE
    left_at: datetime | None = None
    """When a message to them first really left."""
    handed_on: date | None = None
    opened_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    written_at: datetime | None = None
    """When the last message to them was written, a reminder too."""
    reminded_at: datetime | None = None
    is_revoked: bool = False

    @property
    def was_read(self) -> bool:
        """They opened it or said that they received it."""
        return bool(self.opened_at or self.acknowledged_at)

    @property
    def is_given(self) -> bool:
        """Really sent or handed over: withdrawing the link stops what comes after, and unproves nothing."""
        return bool(self.left_at or self.handed_on or self.was_read)

    @property
    def is_silent(self) -> bool:
        """A message left, nothing was handed over, and nothing opened: they may be reminded, and not who got no mail."""
        has_mail = self.mail is MailState.LEFT and self.written_at is not None
        return has_mail and not (self.is_revoked or self.was_read or self.handed_on)

    def may_be_reminded(self, now: datetime) -> bool:
        """Silent for a week since the last message."""
        return self.is_silent and self.written_at is not None and self.written_at <= now - REMINDED_AGAIN_AFTER

    @property
    def state(self) -> State:
        if self.is_revoked:
            return State.HANDED if self.handed_on else State.REVOKED
        if self.acknowledged_at:
            return State.ACKNOWLEDGED
        if self.opened_at:
            return State.OPENED
        if self.handed_on:
            return State.HANDED
        if self.left_at and self.mail is not MailState.LOST:
            return State.SENT
        if self.mail is MailState.NONE:
            return State.NOTHING
        return State.LOST if self.mail is MailState.LOST else State.WAITING


def trace(events: Sequence[Event], mail: MailState, *, left_at: datetime | None, revoked_at: datetime | None) -> Trace:
    """Read the proofs of one delivery; `left_at`: when a message first left. After the withdrawal it led nowhere."""
    handed = [event.handed_on for event in handings(events) if event.handed_on]
    acknowledged = _first(events, EventKind.ACKNOWLEDGED)
    opened = _first(events, EventKind.OPENED)
    reminded = _last(events, (EventKind.REMINDED,))
    written = _last(events, (EventKind.SENT, EventKind.REMINDED))
    return Trace(
        mail=mail,
        left_at=None if left_at and revoked_at and left_at > revoked_at else left_at,
        handed_on=min(handed, default=None),
        opened_at=opened.happened_at if opened else None,
        acknowledged_at=acknowledged.happened_at if acknowledged else None,
        acknowledged_by=acknowledged.by_name if acknowledged else "",
        written_at=written,
        reminded_at=reminded,
        is_revoked=revoked_at is not None,
    )


def handings(events: Sequence[Proof]) -> list[Proof]:
    """The handings that count: none that was noted by mistake, and withdrawn."""
    withdrawn = {one.withdraws_id for one in events}
    return [one for one in events if one.kind is EventKind.HANDED and one.id not in withdrawn]


def _first(events: Sequence[Event], kind: EventKind) -> Event | None:
    return min((one for one in events if one.kind is kind), key=lambda one: one.happened_at, default=None)


def _last(events: Sequence[Event], kinds: tuple[EventKind, ...]) -> datetime | None:
    return max((one.happened_at for one in events if one.kind in kinds), default=None)


def stale_before(now: datetime, *, sends_mail: bool, too_old_after: timedelta) -> datetime | None:
    """Since when an unsent message is lost; none where there is no mail server, as in a demonstration."""
    return now - too_old_after if sends_mail else None
