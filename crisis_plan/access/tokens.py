"""Signed personal links: nothing secret is stored, and each inviter can be shown the link again."""

from __future__ import annotations

import uuid

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from crisis_plan.access.models import Account, Invitation
from crisis_plan.access.rules import RESET_LASTS


def for_invitation(invitation: Invitation) -> str:
    """The token in an invitation's address."""
    return str(_invitations().dumps(invitation.id.hex))


def invitation_id(token: str) -> uuid.UUID | None:
    """Which invitation this token is for; none when it was not signed here."""
    try:
        return uuid.UUID(_invitations().loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def for_reset(account: Account) -> str:
    """A link to choose a new password: good for two hours, and only until the password changes."""
    return str(_resets().dumps([account.id.hex, account.session_stamp]))


def reset_claim(token: str) -> tuple[uuid.UUID, str] | None:
    """The account that a reset link is for and the stamp it must still have."""
    try:
        account, stamp = _resets().loads(token, max_age=int(RESET_LASTS.total_seconds()))
        return uuid.UUID(account), stamp
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _invitations() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="invitation")


def _resets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password-reset")
