"""Many contacts at once: a few statements for hundreds of rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.directory.comparing import official_of
from crisis_plan.anticipation.directory.drafts import ContactDraft, scalars
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

Rows = dict[type[Any], list[dict[str, Any]]]
"""Rows by table, as an insert takes them."""


def insert(
    cpts: Cpts, drafts: Sequence[ContactDraft], *, at: datetime, source: str, official_on: date | None = None
) -> None:
    """Add these contacts as new ones; `official_on`: the day of the extraction that says them, if one does."""
    write(rows_of(cpts, drafts, at=at, source=source, official_on=official_on))


def rows_of(
    cpts: Cpts, drafts: Iterable[ContactDraft], *, at: datetime, source: str, official_on: date | None = None
) -> Rows:
    """These contacts as rows to write, contacts before what belongs to them."""
    rows: Rows = {Contact: [], ContactPlace: [], ContactPhone: [], ContactEmail: []}
    for draft in drafts:
        contact_id = uuid.uuid4()
        rows[Contact].append(_row(cpts, contact_id, draft, at, source) | _official(draft, official_on))
        for model, parts in ((ContactPlace, draft.places), (ContactPhone, draft.phones), (ContactEmail, draft.emails)):
            rows[model] += [
                {"id": uuid.uuid4(), "contact_id": contact_id, "position": rank, **vars(part)}
                for rank, part in enumerate(parts)
            ]
    return rows


def write(rows: Rows) -> None:
    """Insert new rows."""
    for model, found in rows.items():
        if found:
            db.session.execute(sa.insert(model.__table__), found)


def _row(cpts: Cpts, contact_id: uuid.UUID, draft: ContactDraft, at: datetime, source: str) -> dict[str, Any]:
    return {
        "id": contact_id,
        "cpts_id": cpts.id,
        **scalars(draft),
        "source": source,
        "sort_name": draft.sort_name[:330],
        "search_text": draft.search_text,
        "version": 1,
        "created_at": at,
        "updated_at": at,
    }


def _official(draft: ContactDraft, official_on: date | None) -> dict[str, Any]:
    return {"official": official_of(draft) if official_on else {}, "official_on": official_on}
