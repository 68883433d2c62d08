"""Signing that a thing was read again and needs no change, and taking one's signature back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.signatures import queries
from crisis_plan.yearly_update.signatures.models import Signature
from crisis_plan.yearly_update.signatures.rules import Line, Thing, ThingState

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

SUBJECT = "update_signature"
LONGEST_LABEL = 200


class ChangedMeanwhile(RuleBroken):
    """Some of these things changed: what changed is read again, not signed as unchanged."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = labels

    def __str__(self) -> str:
        named = ", ".join(f"«\u00a0{label}\u00a0»" for label in self.labels)
        verb = "a changé depuis" if len(self.labels) == 1 else "ont changé depuis"
        return f"{named} {verb}\u00a0: relisez. Rien n’a été signé."


class PrintedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Cette signature est imprimée dans une version publiée\u00a0: elle y reste."


class SignedByAnother(RuleBroken):
    status = 403

    def __str__(self) -> str:
        return "Seule la personne qui a signé peut retirer sa signature."


@dataclass(frozen=True)
class Signing:
    """What was just signed, and what somebody had signed before."""

    made: tuple[Signature, ...]
    already: tuple[Signature, ...]


def sign(
    cpts: Cpts, base: Publication, lines: Iterable[Line], *, note: str, by: Account, at: datetime, on: date
) -> Signing:
    """Sign these things as read again since `base` and unchanged; one that is signed already stays as it was signed.

    Raises `ChangedMeanwhile`, and then signs nothing.
    """
    wanted = list(lines)
    if changed := [line.thing.label for line in wanted if line.state is ThingState.CHANGED]:
        raise ChangedMeanwhile(changed)
    hold(cpts)
    standing = queries.standing(base)
    things = [line.thing for line in wanted]
    already = tuple(standing[one.kind, one.key] for one in things if (one.kind, one.key) in standing)
    fresh = [one for one in things if (one.kind, one.key) not in standing]
    made = tuple(_signature(cpts, base, thing, note=note, by=by, at=at, on=on) for thing in fresh)
    db.session.add_all(made)
    db.session.flush()
    for one in made:
        history.record(history.Verb.CREATED, SUBJECT, one.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return Signing(made, already)


def withdraw(cpts: Cpts, signature: Signature, *, by: Account, at: datetime) -> None:
    """Take one's own signature back; it stays as withdrawn. Raises `SignedByAnother`, `PrintedAlready`."""
    hold(cpts)
    hold(signature)
    if signature.signed_by_id != by.id:
        raise SignedByAnother
    if signature.printed_in_id:
        raise PrintedAlready
    if signature.withdrawn_at:
        return
    signature.withdrawn_at, signature.withdrawn_by_name = at, by.name
    history.record(history.Verb.REMOVED, SUBJECT, signature.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()


def print_in(cpts: Cpts, signed: Sequence[UUID], publication_id: UUID) -> None:
    """This published version prints them: from now on they stay. Whoever prints holds the CPTS."""
    for one in queries.with_ids(cpts, signed):
        one.printed_in_id = publication_id
    db.session.flush()


def _signature(
    cpts: Cpts, base: Publication, thing: Thing, *, note: str, by: Account, at: datetime, on: date
) -> Signature:
    return Signature(
        cpts_id=cpts.id,
        publication_id=base.id,
        kind=thing.kind,
        key=thing.key,
        label=thing.label[:LONGEST_LABEL],
        note=note,
        signed_at=at,
        signed_on=on,
        signed_by_id=by.id,
        signed_by_name=by.name,
    )
