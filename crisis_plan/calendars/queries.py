"""Private feed addresses, read."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from crisis_plan.access import queries as access
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.calendars.models import CalendarFeed
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts


def open_feed(cpts: Cpts, account: Account) -> CalendarFeed | None:
    """The feed of this account in this CPTS, unless it was revoked."""
    return db.session.scalars(
        sa.select(CalendarFeed)
        .where(
            CalendarFeed.cpts_id == cpts.id,
            CalendarFeed.account_id == account.id,
            CalendarFeed.revoked_at.is_(None),
        )
        .order_by(CalendarFeed.created_at.desc())
        .limit(1)
    ).one_or_none()


def feed_with_id(feed_id: uuid.UUID) -> CalendarFeed | None:
    return db.session.get(CalendarFeed, feed_id)


def is_open(feed: CalendarFeed) -> bool:
    """Whether it was not revoked, and its account may still read what the CPTS keeps up to date."""
    account = access.account_with_id(feed.account_id)
    if feed.revoked_at or account is None:
        return False
    return may(access.roles_in(account, feed.cpts), Permission.READ_WORKING_DATA)
