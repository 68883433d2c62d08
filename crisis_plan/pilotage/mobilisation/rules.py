"""Who worked and what was carried out in a crisis: what makes a person or an action the same. Source: domain, section 10."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from crisis_plan.folding import folded

Interval = tuple[datetime, datetime]

LONGEST_WITHOUT_REST = timedelta(hours=16)
"""Longer than that without a stop is asked about (our own choice, not a rule of law)."""
LONGEST_KEY = 200


def contact_key(contact_id: UUID) -> str:
    """What a person of the directory is counted by, even once they have left it."""
    return f"contact:{contact_id.hex}"


def contact_of(key: str) -> UUID | None:
    """The line of the directory that a key names; none for the key of someone outside it."""
    kind, _, hexadecimal = key.partition(":")
    try:
        return UUID(hexadecimal) if kind == "contact" else None
    except ValueError:
        return None


def name_key(name: str, profession: str = "") -> str:
    """What a person outside the directory is counted by: the same name and the same profession."""
    return f"nom:{hashlib.sha256(f'{folded(name)}|{folded(profession)}'.encode()).hexdigest()[:36]}"


def card_key(card_id: UUID) -> str:
    """What an action card is counted by, even once it has left the plan."""
    return f"fiche:{card_id.hex}"


def action_key(label: str) -> str:
    """What a plan action named by hand is counted by: the same words, whatever their accents and case."""
    return f"action:{folded(label)}"[:LONGEST_KEY]


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in one order: « Petit Anne » and « Anne PETIT » are alike."""
    return tuple(sorted(folded(name).split()))


def ends(ends_at: datetime | None, until: datetime) -> datetime:
    """The end that is counted: what is still going on counts until this moment."""
    return until if ends_at is None else ends_at


def minutes_in(intervals: Iterable[Interval]) -> int:
    """Whole minutes worked; what overlaps counts once."""
    total, last = timedelta(), None
    for start, end in sorted(intervals):
        begin = start if last is None or start > last else last
        if end > begin:
            total += end - begin
            last = end
    return int(total / timedelta(minutes=1))


def has_overlap(intervals: Sequence[Interval]) -> bool:
    """Whether somebody is said to be in two places at the same moment."""
    ordered = sorted(intervals)
    return any(later[0] < max(end for _, end in ordered[:rank]) for rank, later in enumerate(ordered) if rank)


def in_hours(minutes: int) -> str:
    """« 45 min », « 2 h », « 31 h 30 »: time worked is never told in days."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{left}\u00a0min"
    return f"{hours}\u00a0h\u00a0{left:02}" if left else f"{hours}\u00a0h"
