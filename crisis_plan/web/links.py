"""Personal links: signed addresses that need no account. Nothing secret is stored."""

from __future__ import annotations

import uuid
from typing import Any

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer


def token_for(purpose: str, identity: uuid.UUID) -> str:
    """The token of a link to this row, good for this purpose alone."""
    return str(_signer(purpose).dumps(identity.hex))


def identity_in(purpose: str, token: str) -> uuid.UUID | None:
    """Which row a token is for; none when it was not signed here for this purpose. Until when is the row's to say."""
    try:
        return uuid.UUID(_signer(purpose).loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def absolute(endpoint: str, **values: Any) -> str:
    """The address of a page as a message writes it."""
    return f"{current_app.config['PUBLIC_ADDRESS']}{url_for(endpoint, **values)}"


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"link-{purpose}")
