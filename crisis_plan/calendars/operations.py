"""Opening and closing a private feed address."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.calendars import queries
from crisis_plan.calendars.models import CalendarFeed
from crisis_plan.db import db, hold
from crisis_plan.organisations.models import Cpts

FEED = "calendar_feed"


def create_feed(cpts: Cpts, *, by: Account, at: datetime) -> CalendarFeed:
    """The private feed of this account, one at a time: the one that is open already stays."""
    hold(cpts)
    if found := queries.open_feed(cpts, by):
        return found
    feed = CalendarFeed(cpts_id=cpts.id, account_id=by.id, created_at=at)
    db.session.add(feed)
    db.session.flush()
    history.record(history.Verb.CREATED, FEED, feed.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return feed


def revoke_feed(cpts: Cpts, *, by: Account, at: datetime) -> None:
    """Close the feed of this account: whoever has the address reads nothing any more."""
    revoked = db.session.scalars(
        sa.update(CalendarFeed)
        .where(CalendarFeed.cpts_id == cpts.id, CalendarFeed.account_id == by.id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(CalendarFeed.id)
    ).all()
    for feed_id in revoked:
        history.record(history.Verb.REVOKED, FEED, feed_id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
