"""A create form sent twice creates once: double click, back button, replay of a queue."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

import sqlalchemy as sa
from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan import clock
from crisis_plan.db import Base, Identified, db
from crisis_plan.errors import RuleBroken

FIELD = "creation_key"
KEPT_FOR = timedelta(days=30)
CHUNK = 1024 * 1024
"""A file is read by pieces: it may weigh fifty of them."""
NOT_CONTENT = frozenset({FIELD, "csrf_token"})


class CreationKey(Identified, Base):
    """A create form that was accepted, and where its result is."""

    __tablename__ = "creation_keys"
    __table_args__ = (sa.UniqueConstraint("author_id", "scope", "operation", "key"),)

    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    scope: Mapped[str] = mapped_column(sa.String(80))
    """The CPTS's slug; empty on the installation."""
    operation: Mapped[str] = mapped_column(sa.String(120))
    key: Mapped[str] = mapped_column(sa.String(36))
    digest: Mapped[str] = mapped_column(sa.String(64))
    location: Mapped[str] = mapped_column(sa.String(400), default="")
    created_at: Mapped[datetime]


class SentAlready(RuleBroken):
    def __str__(self) -> str:
        return (
            "Ce formulaire a déjà été envoyé avec un autre contenu. "
            "Ouvrez un nouveau formulaire pour enregistrer autre chose."
        )


def creates_once(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The same key again goes to the first result; the same key with another content is refused (409).

    Usually the key is written first, under a savepoint: a concurrent twin waits for it, then finds it. A slow
    view (`@slow`, below this decorator) takes the lock late: its key is written with its result.
    """
    is_slow = getattr(view, "is_slow", False)

    @wraps(view)
    def once(*args: object, **kwargs: object) -> ResponseReturnValue:
        mine = _key_of_this_form(str(getattr(kwargs.get("cpts"), "slug", "")))
        if mine is None:
            return view(*args, **kwargs)
        run = _written_with_its_result if is_slow else _written_first
        return run(mine, lambda: view(*args, **kwargs))

    once.creates_once = True  # type: ignore[attr-defined]
    return once


def _written_first(mine: CreationKey, create: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    try:
        with db.session.begin_nested():
            db.session.add(mine)
    except IntegrityError:
        return _replay(mine)
    answer = create()
    mine.location = getattr(answer, "location", None) or ""
    return answer


def _written_with_its_result(mine: CreationKey, create: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    if _first(mine):
        return _replay(mine)
    try:
        answer = create()
    except RuleBroken:
        db.session.rollback()
        if _first(mine):
            return _replay(mine)
        raise
    if location := getattr(answer, "location", None):
        mine.location = location
        db.session.add(mine)
    return answer


def forget_old_keys(now: datetime) -> None:
    """A form is not sent again after a month."""
    db.session.execute(sa.delete(CreationKey).where(CreationKey.created_at < now - KEPT_FOR))


def _replay(twin: CreationKey) -> ResponseReturnValue:
    first = _first(twin)
    if first is None or first.digest != twin.digest:
        raise SentAlready
    return redirect(first.location or request.path, 303)


def _first(twin: CreationKey) -> CreationKey | None:
    return db.session.scalars(
        sa.select(CreationKey).where(
            CreationKey.author_id == twin.author_id,
            CreationKey.scope == twin.scope,
            CreationKey.operation == twin.operation,
            CreationKey.key == twin.key,
        )
    ).one_or_none()


def _key_of_this_form(scope: str) -> CreationKey | None:
    try:
        key = str(uuid.UUID(request.form.get(FIELD, "")))
    except ValueError:
        return None
    return CreationKey(
        author_id=current_user.id,
        scope=scope,
        operation=request.endpoint or "",
        key=key,
        digest=_digest(),
        created_at=clock.now(),
    )


def _digest() -> str:
    digest = hashlib.sha256()
    for name in sorted(set(request.form) - NOT_CONTENT):
        for value in request.form.getlist(name):
            digest.update(f"{len(name)}:{name}={len(value)}:{value};".encode())
    for name in sorted(request.files):
        for upload in request.files.getlist(name):
            content = hashlib.sha256()
            while chunk := upload.stream.read(CHUNK):
                content.update(chunk)
            upload.stream.seek(0)
            digest.update(f"{name}={upload.filename}:".encode() + content.digest())
    return digest.hexdigest()
