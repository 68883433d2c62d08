"""Who is to serve, from when to when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """Who serves: their name, and what reaches them meanwhile."""

    name: str
    telephone: str = ""
    contact_id: uuid.UUID | None = None
    account_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Service:
    """What is asked for: who, from when (none: now), until when (none: until relieved)."""

    person: Person
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_there: bool = False
    """Whether somebody says that this person is at their post."""
    together: bool = False
    """With who is there, rather than in their place."""
    note: str = ""
    """What is handed over, in words."""
