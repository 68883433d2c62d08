"""Personal links are not guessed at leisure: from one network, so many a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crisis_plan.db import write_apart
from crisis_plan.distribution.models import LinkVisits
from crisis_plan.distribution.rules import MOST_VISITS, WINDOW, visitor_network
from crisis_plan.errors import RuleBroken

FORGOTTEN_AFTER = timedelta(hours=1)
"""No network is remembered longer: who asked for a link is nobody's business."""


class TooManyVisits(RuleBroken):
    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.seconds = max(1, round(wait.total_seconds()))

    def __str__(self) -> str:
        return f"Trop de liens personnels ont été ouverts depuis ce réseau. Réessayez dans {self.seconds} secondes."


def count(address: str, *, at: datetime) -> None:
    """Count one more visit, in a transaction of its own: it stays when the link is refused. Raises `TooManyVisits`."""
    network = visitor_network(address)
    visits, began_at = write_apart(lambda session: _one_more(session, network, at))
    if visits > MOST_VISITS:
        raise TooManyVisits(began_at + WINDOW - at)


def _one_more(session: Session, network: str, at: datetime) -> tuple[int, datetime]:
    """How many in the present window, and when it began; two at the same moment both count."""
    session.execute(sa.delete(LinkVisits).where(LinkVisits.window_began_at < at - FORGOTTEN_AFTER))
    is_over = LinkVisits.window_began_at <= at - WINDOW
    one_more = (
        sa.update(LinkVisits)
        .where(LinkVisits.network == network)
        .values(
            visits=sa.case((is_over, 1), else_=LinkVisits.visits + 1),
            window_began_at=sa.case((is_over, at), else_=LinkVisits.window_began_at),
        )
        .returning(LinkVisits.visits, LinkVisits.window_began_at)
        .execution_options(synchronize_session=False)
    )
    if found := session.execute(one_more).one_or_none():
        return found.visits, found.window_began_at
    try:
        with session.begin_nested():
            session.add(LinkVisits(network=network, window_began_at=at, visits=1))
    except IntegrityError:
        found = session.execute(one_more).one()
        return found.visits, found.window_began_at
    return 1, at
