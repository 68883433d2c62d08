"""Writing in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import annuaire_merging, bulk
from crisis_plan.anticipation.directory.annuaire_merging import Merged
from crisis_plan.anticipation.directory.drafts import ContactDraft, scalars, search_text
from crisis_plan.anticipation.directory.holding import let_go
from crisis_plan.anticipation.directory.mentions import forget_import_lines, forget_mail
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.anticipation.directory.written_to import forget_addresses, stop_writing_to
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

TYPED = "saisie"
SPREADSHEET = "import d’un tableau"
ANNUAIRE_SANTE = annuaire_merging.SOURCE
PARTS = ("places", "phones", "emails")
MOST_OF_A_NAME = 160


class StillOnDuty(RuleBroken):
    """Whoever is, or will be, referent or in the crisis cell cannot be removed."""

    def __str__(self) -> str:
        return (
            "Ce contact est, ou sera, référent de crise ou membre de la cellule de crise : désignez d’abord "
            "quelqu’un d’autre, ou terminez sa période. Il peut quitter l’annuaire dès le lendemain de son dernier jour."
        )


class AlreadyInDirectory(RuleBroken):
    """Another contact of the CPTS bears the same RPPS number."""

    status = 422

    def __str__(self) -> str:
        return "Un autre contact de l’annuaire porte déjà ce numéro RPPS."


def add(cpts: Cpts, draft: ContactDraft, *, by: Account | None, at: datetime, source: str = TYPED) -> Contact:
    """Add a contact. Raises `AlreadyInDirectory`."""
    contact = Contact(cpts_id=cpts.id, source=source, created_at=at, version=0)
    _fill(contact, draft, at)
    try:
        with db.session.begin_nested():
            db.session.add(contact)
    except IntegrityError:
        raise AlreadyInDirectory from None
    _record(history.Verb.CREATED, contact, by=by, at=at)
    return contact


def change(contact: Contact, draft: ContactDraft, *, seen_version: int, by: Account | None, at: datetime) -> Contact:
    """Save a contact as it was typed. Raises `Stale` when it changed since `seen_version`, and `AlreadyInDirectory`."""
    take(contact, seen_version)
    fields = [name for name, value in scalars(draft).items() if getattr(contact, name) != value]
    fields += [name for name in PARTS if _differs(getattr(contact, name), getattr(draft, name))]
    if not fields:
        return contact
    try:
        with db.session.begin_nested():
            _fill(contact, draft, at)
    except IntegrityError:
        raise AlreadyInDirectory from None
    _record(history.Verb.CHANGED, contact, by=by, at=at, fields=fields)
    return contact


def verify(
    contact: Contact,
    *,
    on: date,
    how: VerifiedHow = VerifiedHow.CALL,
    by: Account | None,
    at: datetime,
    verified_by: str = "",
    seen_version: int | None = None,
) -> None:
    """Someone made sure that the contact can be reached as written: `verified_by`, or whoever acts.

    Raises `Stale` when the contact is gone, or has changed since `seen_version`.
    """
    if seen_version is None:
        hold(contact)
    else:
        take(contact, seen_version)
    who = (verified_by or (by.name if by else ""))[:MOST_OF_A_NAME]
    found = {"verified_on": on, "verified_how": how, "verified_by": who}
    fields = [name for name, value in found.items() if getattr(contact, name) != value]
    if not fields:
        return
    for name, value in found.items():
        setattr(contact, name, value)
    contact.updated_at = at
    contact.version += 1
    _record(history.Verb.CHANGED, contact, by=by, at=at, fields=fields)


def remove(contact: Contact, *, today: date, by: Account | None, at: datetime) -> None:
    """Take a contact out of the directory. Raises `StillOnDuty`: the database knows who holds a duty, or will."""
    try:
        with db.session.begin_nested():
            stop_writing_to(contact)
            forget_import_lines(contact)
            forget_mail(contact)
            forget_addresses(contact)
            let_go(contact.id, today=today)
            db.session.delete(contact)
    except IntegrityError:
        raise StillOnDuty from None
    _record(history.Verb.REMOVED, contact, by=by, at=at)


def import_drafts(cpts: Cpts, drafts: Sequence[ContactDraft], *, at: datetime, source: str = SPREADSHEET) -> None:
    """Add many new contacts at once; the import that calls it records itself in the history."""
    bulk.insert(cpts, drafts, at=at, source=source)


def import_annuaire(cpts: Cpts, people: Iterable[ContactDraft], *, by: Account | None = None, at: datetime) -> Merged:
    """Add the people of an Annuaire Santé extraction; those already known follow it where nobody corrected them."""
    merged = annuaire_merging.carry_out(cpts, annuaire_merging.plan(cpts, people), by=by, at=at)
    history.record(history.Verb.IMPORTED, "contacts", ANNUAIRE_SANTE, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return merged


def _fill(contact: Contact, draft: ContactDraft, at: datetime) -> None:
    for name, value in scalars(draft).items():
        setattr(contact, name, value)
    contact.places = [ContactPlace(position=rank, **vars(place)) for rank, place in enumerate(draft.places)]
    contact.phones = [ContactPhone(position=rank, **vars(phone)) for rank, phone in enumerate(draft.phones)]
    contact.emails = [ContactEmail(position=rank, **vars(email)) for rank, email in enumerate(draft.emails)]
    contact.sort_name, contact.search_text = draft.sort_name[:330], search_text(draft, draft.places)
    contact.updated_at = at
    contact.version += 1


def _differs(stored: Sequence[object], drafted: Sequence[object]) -> bool:
    return len(stored) != len(drafted) or any(
        getattr(old, name) != value
        for old, new in zip(stored, drafted, strict=True)
        for name, value in vars(new).items()
    )


def _record(
    verb: history.Verb, contact: Contact, *, by: Account | None, at: datetime, fields: Sequence[str] = ()
) -> None:
    history.record(verb, "contact", contact.id, cpts_id=contact.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
