"""Sign-in: how long to wait after failures, and what makes a password."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

FREE_FAILURES = 4
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=12)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)
BETWEEN_RESETS = timedelta(minutes=5)


def delay_after(failures: int) -> timedelta:
    """How long to wait after this many failures in a row: nothing at first, then doubling, up to a quarter of an hour."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings: int = min(failures - FREE_FAILURES - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def wait_left(failures: int, last_failed_at: datetime, now: datetime) -> timedelta:
    """How long this account must still wait at this address before another try."""
    if now - last_failed_at > FORGOTTEN_AFTER:
        return timedelta(0)
    return max(timedelta(0), last_failed_at + delay_after(failures) - now)


def network_of(address: str) -> str:
    """The address that failures are counted for: one IPv6 subscriber holds a whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def password_weakness(password: str, *, email: str, name: str) -> str:
    """What is wrong with a new password, as a French sentence; empty when it will do."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Choisissez au moins {SHORTEST_PASSWORD} caractères : une phrase convient très bien."
    if len(password) > LONGEST_PASSWORD:
        return f"{LONGEST_PASSWORD} caractères au plus."
    lowered = password.casefold()
    rest = lowered
    for known in (email, email.split("@")[0], *name.split()):
        rest = rest.replace(known.casefold(), "") if len(known) > 3 else rest
    if len(rest.strip()) < 5 or len(set(lowered)) < 5:
        return "Ce mot de passe est trop facile à deviner : prenez plusieurs mots sans rapport."
    return ""
