"""Bringing what an import accepted into the directory: everything is made ready first, then written at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import bulk, contact_lines, operations, oppositions, queries
from crisis_plan.anticipation.directory.bulk import Rows
from crisis_plan.anticipation.directory.completing import as_draft, completed
from crisis_plan.anticipation.directory.drafts import ContactDraft, from_json
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.oppositions import Oppositions
from crisis_plan.anticipation.directory.queries import EVERYTHING, Taken
from crisis_plan.db import db, hold, writing
from crisis_plan.errors import RuleBroken
from crisis_plan.imports import operations as imports
from crisis_plan.imports.rules import Choice, Choices, ImportLine, Outcome, chosen, once_applied, to_import, to_json
from crisis_plan.organisations.models import Cpts

SUBJECT = "contacts"


class DirectoryMoved(RuleBroken):
    def __str__(self) -> str:
        return "L’annuaire a changé pendant l’import : rien n’a été importé. Envoyez de nouveau."


@dataclass(frozen=True)
class Known:
    """Who is in the directory, and who asked not to be."""

    taken: Taken
    opposed: Oppositions


@dataclass(frozen=True)
class Arrivals:
    """What a file brings into the directory, ready to be written."""

    known: Known
    """Whom it was compared with."""
    rows: Rows
    completing: tuple[ContactDraft, ...]
    """What completes contacts of the directory."""
    kept: list[dict[str, object]]
    """What the report will say of each line."""


def known(cpts: Cpts) -> Known:
    """Whom the lines of a file are compared with."""
    return Known(queries.taken(cpts), oppositions.opposed(cpts))


def bring_in(
    cpts: Cpts, report_id: UUID, lines: Sequence[ImportLine], choices: Choices, *, by: Account, at: datetime
) -> None:
    """Import everything that was accepted, once; who joined the directory meanwhile is left out.

    The lock is taken when all is ready: only a directory that changed since is compared again under it.
    """
    ready = _made_ready(cpts, lines, known(cpts), choices, at)
    with writing():
        hold(cpts)
        if not imports.claim(report_id, at=at):
            return
        now = known(cpts)
        if now != ready.known:
            ready = _made_ready(cpts, lines, now, choices, at)
        try:
            with db.session.begin_nested():
                bulk.write(ready.rows)
                _complete(cpts, ready.completing, by=by, at=at)
        except (IntegrityError, operations.AlreadyInDirectory):
            raise DirectoryMoved from None
        imports.mark_applied(cpts, SUBJECT, report_id, ready.kept, by=by, at=at)


def _made_ready(cpts: Cpts, lines: Sequence[ImportLine], who: Known, choices: Choices, at: datetime) -> Arrivals:
    forced, completing = chosen(choices, Choice.FORCE), chosen(choices, Choice.COMPLETE)
    compared = contact_lines.find_duplicates(lines, who.taken, forced=forced, opposed=who.opposed)
    drafts = {line.number: from_json(line.values) for line in to_import(compared, forced)}
    of_the_directory = []
    more = [line for line in compared if line.number in completing and line.outcome is Outcome.DUPLICATE]
    for line in more:
        if line.twin in drafts:
            drafts[line.twin] = completed(drafts[line.twin], from_json(line.values))
        else:
            of_the_directory.append(from_json(line.values))
    rows = bulk.rows_of(cpts, drafts.values(), at=at, source=operations.SPREADSHEET)
    kept = once_applied(map(_nothing_of_who_opposed, compared), drafts, (line.number for line in more))
    return Arrivals(who, rows, tuple(of_the_directory), to_json(kept))


def _nothing_of_who_opposed(line: ImportLine) -> ImportLine:
    is_opposed = contact_lines.OPPOSED in line.reasons
    return replace(line, label="", raw=(), values={}) if is_opposed else line


def _complete(cpts: Cpts, drafts: Iterable[ContactDraft], *, by: Account, at: datetime) -> None:
    """Fill what is empty in the contacts that these describe; each is told in its own history."""
    for draft in drafts:
        if contact := _described(cpts, draft):
            more = completed(as_draft(contact), draft)
            operations.change(contact, more, seen_version=contact.version, by=by, at=at)


def _described(cpts: Cpts, draft: ContactDraft) -> Contact | None:
    """The contact with this identifier, else the oldest of the same name and commune."""
    same = (Contact.sort_name == draft.sort_name[:330],)
    if draft.national_id:
        same = (sa.or_(*same, Contact.national_id == draft.national_id),)
    query = sa.select(Contact).where(Contact.cpts_id == cpts.id, *same).order_by(Contact.created_at, Contact.id)
    found = db.session.scalars(query.options(*EVERYTHING)).all()
    alike = [one for one in found if not draft.likenesses.isdisjoint(as_draft(one).likenesses)]
    same_number = [one for one in found if draft.national_id and one.national_id == draft.national_id]
    return next(iter([*same_number, *alike]), None)
