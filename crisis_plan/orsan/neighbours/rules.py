"""When a neighbouring plan is to be looked at again, and which kinds nobody knows. Source: domain, section 4."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from crisis_plan.months import add_months
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind
from crisis_plan.web.formats import counted

CHECK_AFTER_MONTHS = 12
"""Proposed, never imposed: plans are updated every year, hence looked at every year."""
SOON = timedelta(days=30)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
NOT_IN_AN_ADDRESS = re.compile(r"""[\s\\<>"'`{}|^\x00-\x1f\x7f]""")


class CheckState(StrEnum):
    """Whether the edition that the CPTS works with was looked at lately, the most urgent first."""

    NEVER = "never"
    DUE = "due"
    SOON = "soon"
    FINE = "fine"

    @property
    def label(self) -> str:
        return {
            "never": "Jamais vu",
            "due": "À vérifier",
            "soon": "Bientôt à vérifier",
            "fine": "À jour",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"never": "warning", "due": "warning", "soon": "info", "fine": "ok"}[self.value]

    @property
    def is_due(self) -> bool:
        return self in (CheckState.NEVER, CheckState.DUE)


class Checked(Protocol):
    @property
    def edition_seen_on(self) -> date | None: ...
    @property
    def next_check_on(self) -> date | None: ...


def proposed_check(seen_on: date) -> date:
    """A year after it was seen."""
    return add_months(seen_on, CHECK_AFTER_MONTHS)


def check_state(plan: Checked, today: date) -> CheckState:
    """What the day it was seen and the next check say; without a next check, a year after it was seen."""
    due_on = _check_on(plan)
    if due_on is None:
        return CheckState.NEVER
    if due_on <= today:
        return CheckState.DUE
    return CheckState.SOON if due_on <= today + SOON else CheckState.FINE


def _check_on(plan: Checked) -> date | None:
    """None: it was never seen."""
    if plan.edition_seen_on is None:
        return None
    return plan.next_check_on or proposed_check(plan.edition_seen_on)


def first_check(plans: Iterable[Checked], today: date) -> date | None:
    """The day of the first check that has come; none when only plans never seen are to be looked at."""
    return min((day for plan in plans if (day := _check_on(plan)) and day <= today), default=None)


def checks_due(plans: Iterable[Checked], today: date) -> str:
    """What there is to check, as a sentence; empty when all is well."""
    states = Counter(check_state(plan, today) for plan in plans)
    never, due = states[CheckState.NEVER], states[CheckState.DUE]
    said = []
    if never:
        one, several = "plan voisin n’a jamais été vu", "plans voisins n’ont jamais été vus"
        said.append(counted(never, one, several))
    if due:
        one, several = "plan voisin est à vérifier", "plans voisins sont à vérifier"
        said.append(counted(due, one, several))
    return f"{', '.join(said)}." if said else ""


def unknown_kinds(known: Iterable[NeighbourKind]) -> tuple[NeighbourKind, ...]:
    """The expected kinds of which the CPTS lists no plan: its gaps."""
    found = set(known)
    return tuple(kind for kind in EXPECTED_KINDS if kind not in found)


def kind_in_words(kind: NeighbourKind, own_kind: str) -> str:
    """« Plan bleu », « PCS, PICS – intercommunal », or what the CPTS calls it."""
    if kind is NeighbourKind.OTHER:
        return own_kind or kind.label
    return f"{kind.label} – {own_kind}" if own_kind else kind.label


def web_address(typed: str) -> str | None:
    """The address as it may be followed: `http` or `https` and a host; none where it is anything else."""
    address = typed if SCHEME.match(typed) else f"https://{typed}"
    if NOT_IN_AN_ADDRESS.search(address):
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    is_plain = parts.scheme in ("http", "https") and parts.username is None and port != 0
    return address if is_plain and re.fullmatch(r"(?:[^.\s]+\.)+[^.\s]{2,}", host) else None
