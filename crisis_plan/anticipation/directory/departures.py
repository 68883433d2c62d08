"""Leaving the directory: what stays of a person, for how long, and refusing to come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import mentions, operations, oppositions, retention
from crisis_plan.anticipation.directory.drafts import ContactDraft
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.history import Verb
from crisis_plan.organisations.models import Cpts

OPPOSITION = "opposition"


@dataclass(frozen=True)
class Leaving:
    """What a person who leaves the directory is told."""

    versions: Sequence[date]
    """Of the plan, published since this contact is in the directory: they may name it, and do not change."""
    kept_until: date | None
    """None when the signature of the contract is not known."""
    ground: str = retention.EVIDENCE_GROUND


def leaving(contact: Contact, cpts: Cpts) -> Leaving:
    """What stays as evidence once this contact has left, and until when."""
    return Leaving(mentions.versions(contact), retention.evidence_kept_until(cpts.contract_signed_on))


def oppose(contact: Contact, *, today: date, by: Account, at: datetime) -> None:
    """The person refuses to be in the directory: out at once, and no import brings them back.

    Raises `operations.StillOnDuty` while they are, or will be, on duty.
    """
    with db.session.begin_nested():
        opposition_id = oppositions.keep(contact, on=today)
        operations.remove(contact, today=today, by=by, at=at)
    history.record(Verb.CREATED, OPPOSITION, opposition_id, cpts_id=contact.cpts_id, by=by, at=at)
    db.session.flush()


class Opposed(RuleBroken):
    """Whoever asked not to be in the directory is not typed in again without a word."""

    status = 422

    def __str__(self) -> str:
        return (
            "Cette personne a demandé à ne pas figurer dans l’annuaire. "
            "Si elle accepte maintenant d’y revenir, levez d’abord son opposition."
        )


def add(cpts: Cpts, draft: ContactDraft, *, by: Account, at: datetime) -> Contact:
    """Add somebody by hand. Raises `Opposed` for who asked not to be there, and `operations.AlreadyInDirectory`."""
    if oppositions.opposed(cpts).refuses(draft):
        raise Opposed
    return operations.add(cpts, draft, by=by, at=at)


def lift(cpts: Cpts, draft: ContactDraft, *, by: Account, at: datetime) -> int:
    """Someone who had refused agrees to be in the directory again. How many oppositions were lifted."""
    lifted = oppositions.lift(cpts, draft)
    for opposition_id in lifted:
        history.record(Verb.REMOVED, OPPOSITION, opposition_id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return len(lifted)
