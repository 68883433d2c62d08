"""When the plan was published: told by whoever publishes it, which the directory does not know."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime

PublishedSince = Callable[[uuid.UUID, datetime], Sequence[date]]
_tellers: list[PublishedSince] = []


def tells_published_dates(teller: PublishedSince) -> PublishedSince:
    """Decorates what tells the dates of the versions that a CPTS published from a moment on, the oldest first."""
    _tellers.append(teller)
    return teller


def published_since(cpts_id: uuid.UUID, moment: datetime) -> list[date]:
    """The dates of the versions of the plan published from this moment on."""
    return [day for teller in _tellers for day in teller(cpts_id, moment)]
