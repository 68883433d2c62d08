"""The invitations that an operator sent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.access.invitations import invitation_link
from crisis_plan.access.models import Account, Invitation
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, Institution


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that waits, with the personal link that its author may hand over."""

    invitation: Invitation
    link: str

    @property
    def place(self) -> str:
        """Where the invitation leads."""
        place = self.invitation.cpts or self.invitation.institution
        return place.name if place else ""


def open_invitations(
    author: Account, *, now: datetime, to: Cpts | Institution | None = None
) -> Sequence[OpenInvitation]:
    """What this account sent that still waits, the latest first; to one place, or anywhere."""
    query = _waiting(author, now).order_by(Invitation.created_at.desc(), Invitation.id)
    if isinstance(to, Cpts):
        query = query.where(Invitation.cpts_id == to.id)
    elif to is not None:
        query = query.where(Invitation.institution_id == to.id)
    return [OpenInvitation(found, invitation_link(found)) for found in db.session.scalars(query)]


def invitation_or_404(invitation_id: uuid.UUID, *, by: Account, now: datetime) -> Invitation:
    """One's own waiting invitation."""
    return db.session.scalars(_waiting(by, now).where(Invitation.id == invitation_id)).one_or_none() or abort(404)


def _waiting(author: Account, now: datetime) -> sa.Select[Invitation]:
    return (
        sa.select(Invitation)
        .where(
            Invitation.invited_by_id == author.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(joinedload(Invitation.cpts), joinedload(Invitation.institution))
    )
