"""Personal links are not guessed at leisure; those who have one are not counted together, whatever network they share."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crisis_plan.db import write_apart
from crisis_plan.distribution.models import LinkVisits
from crisis_plan.distribution.rules import MOST_OF_ONE_LINK, MOST_UNKNOWN, WINDOW, visitor_network
from crisis_plan.errors import RuleBroken

FORGOTTEN_AFTER = timedelta(hours=1)
"""Nothing is remembered longer: who asked for a link is nobody’s business."""


class TooManyVisits(RuleBroken):
    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.seconds = max(1, round(wait.total_seconds()))

    def __str__(self) -> str:
        return f"Trop de demandes en une minute. Réessayez dans {self.seconds} secondes."


def count_unknown(address: str, *, at: datetime) -> None:
    """Count one more address that was never given, for the network that asks. Raises `TooManyVisits`."""
    _count(visitor_network(address), MOST_UNKNOWN, at)


def count_of_link(delivery_id: UUID, *, at: datetime) -> None:
    """Count one more visit of a personal link, wherever it comes from. Raises `TooManyVisits`."""
    _count(str(delivery_id), MOST_OF_ONE_LINK, at)


def _count(visitor: str, most: int, at: datetime) -> None:
    """In a transaction of its own: the count stays when the visit is refused."""
    visits, began_at = write_apart(lambda session: _one_more(session, visitor, at))
    if visits > most:
        raise TooManyVisits(began_at + WINDOW - at)


def _one_more(session: Session, visitor: str, at: datetime) -> tuple[int, datetime]:
    """How many in the present window, and when it began; two at the same moment both count."""
    session.execute(sa.delete(LinkVisits).where(LinkVisits.window_began_at < at - FORGOTTEN_AFTER))
    is_over = LinkVisits.window_began_at <= at - WINDOW
    one_more = (
        sa.update(LinkVisits)
        .where(LinkVisits.visitor == visitor)
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
            session.add(LinkVisits(visitor=visitor, window_began_at=at, visits=1))
    except IntegrityError:
        found = session.execute(one_more).one()
        return found.visits, found.window_began_at
    return 1, at
