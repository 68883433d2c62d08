"""Another edition for one recipient: what was given by mistake is put right, and stays told."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.distribution import queries
from crisis_plan.distribution.models import Delivery
from crisis_plan.distribution.refusals import SameEdition
from crisis_plan.distribution.rules import EventKind, gives_more
from crisis_plan.distribution.sending import SUBJECT, event
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts


def change(cpts: Cpts, delivery: Delivery, edition: Edition, note: str, *, by: Account, at: datetime) -> None:
    """From now on their link gives this edition, of an old version too. Raises `SameEdition`."""
    hold(delivery)
    line = queries.line_of(cpts, delivery, at)
    if edition is delivery.edition and (line.has_left or line.edition_today is edition):
        raise SameEdition
    is_no_recipient = line.contact is not None and line.group_today is None
    delivery.is_marked = edition is Edition.RESTRICTED and (
        is_no_recipient or gives_more(edition, line.group_today or delivery.group)
    )
    delivery.edition = edition
    delivery.version += 1
    changed = event(delivery, EventKind.EDITION_CHANGED, by=by, at=at)
    changed.edition, changed.note = edition, note
    delivery.events.append(changed)
    history.record(history.Verb.CHANGED, SUBJECT, delivery.id, cpts_id=cpts.id, by=by, at=at, fields=["edition"])
    db.session.flush()
