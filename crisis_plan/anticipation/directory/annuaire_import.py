"""Importing an Annuaire Santé extraction: what it would change, line by line, then doing it once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import annuaire_merging, operations, queries
from crisis_plan.anticipation.directory.annuaire_merging import Known, Merged
from crisis_plan.anticipation.directory.annuaire_people import Extraction
from crisis_plan.anticipation.directory.arrivals import DirectoryMoved
from crisis_plan.anticipation.directory.changes import FIELDS
from crisis_plan.anticipation.directory.contact_lines import OPPOSED
from crisis_plan.anticipation.directory.drafts import ContactDraft, from_json, to_json
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.operations import StillOnDuty
from crisis_plan.db import db, hold, writing
from crisis_plan.imports import operations as imports
from crisis_plan.imports.operations import Preview
from crisis_plan.imports.rules import ImportLine, Outcome, once_applied
from crisis_plan.imports.rules import to_json as lines_to_json
from crisis_plan.organisations.models import Cpts

SUBJECT = "annuaire"
OUTCOMES = (Outcome.ACCEPTED, Outcome.CHANGED, Outcome.SAME, Outcome.REFUSED, Outcome.GONE)
NAMED = frozenset({Outcome.ACCEPTED, Outcome.CHANGED, Outcome.SAME})
KEPT, REMOVED = "Laissé dans l’annuaire.", "Retiré de l’annuaire."


@dataclass(frozen=True)
class Asked:
    """What is kept of an extraction."""

    communes: frozenset[str]
    professions: frozenset[str] | None = None
    """None: all of them."""


def preview(cpts: Cpts, file_name: str, found: Extraction, asked: Asked) -> Preview:
    """What this extraction would do, before anything of it is saved."""
    numbers = {person.national_id: person.number for person in found.people.values()}
    plan = annuaire_merging.plan(cpts, found.drafts(), asked.communes)
    left = annuaire_merging.gone(cpts, found.people, communes=asked.communes, professions=asked.professions)
    lines = [_new(numbers[draft.national_id or ""], draft) for draft in plan.new]
    lines += [_known(numbers[one.said.national_id or ""], one) for one in plan.known]
    lines += [ImportLine(numbers[draft.national_id or ""], Outcome.REFUSED, (OPPOSED,)) for draft in plan.opposed]
    lines += [ImportLine(one.number, Outcome.REFUSED, (_sentence(one.reason),)) for one in found.refused]
    lines.sort(key=lambda line: line.number)
    return Preview(SUBJECT, file_name, [*lines, *map(_gone, left)], details=_details(found, asked))


def bring_in(
    cpts: Cpts,
    report_id: UUID,
    lines: Sequence[ImportLine],
    details: dict[str, Any],
    *,
    differences: Collection[str] = (),
    gone: Collection[str] = (),
    by: Account | None,
    at: datetime,
) -> Merged | None:
    """Do it, once, in one transaction; nothing when it was done already. The directory is compared as it is now."""
    drafts = [from_json(line.values) for line in lines if line.outcome in NAMED and line.values]
    with writing():
        hold(cpts)
        if not imports.claim(report_id, at=at):
            return None
        plan = annuaire_merging.plan(cpts, drafts, details["communes"])
        try:
            with db.session.begin_nested():
                merged = annuaire_merging.carry_out(cpts, plan, ticked=differences, by=by, at=at)
        except IntegrityError:
            raise DirectoryMoved from None
        removed = _remove(cpts, gone, by=by, at=at) if by else {}
        kept = [_once_applied(line, removed) for line in _done(lines, plan, differences)]
        imports.mark_applied(cpts, SUBJECT, report_id, lines_to_json(kept), by=by, at=at)
        return merged


def comes_in(line: ImportLine) -> list[str]:
    """What is read of someone beside their name: profession and communes."""
    if line.outcome not in NAMED or not line.values:
        return []
    draft = from_json(line.values)
    return [part for part in (draft.profession, ", ".join(place.commune for place in draft.places)) if part]


def _new(number: int, draft: ContactDraft) -> ImportLine:
    return ImportLine(number, Outcome.ACCEPTED, label=_name(draft), values=to_json(draft))


def _known(number: int, one: Known) -> ImportLine:
    proposals = tuple((one.key(difference.key), difference.sentence) for difference in one.comparison.differences)
    fields = [FIELDS[name] for name in one.changed()]
    said: tuple[str, ...] = (f"Change : {', '.join(fields)}.",) if fields else ()
    if proposals:
        said += ("Corrigé à la main : la différence est proposée plus haut.",)
    outcome = Outcome.CHANGED if fields else Outcome.SAME
    return ImportLine(number, outcome, said, _name(one.said), to_json(one.said), proposals=proposals)


def _gone(contact: Contact) -> ImportLine:
    values = {"contact_id": str(contact.id), "family_name": contact.family_name, "given_name": contact.given_name}
    label = f"{contact.name}, {contact.profession}" if contact.profession else contact.name
    return ImportLine(0, Outcome.GONE, label=label, values={**values, "national_id": contact.national_id})


def _name(draft: ContactDraft) -> str:
    return " ".join(part for part in (draft.given_name, draft.family_name) if part)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


def _details(found: Extraction, asked: Asked) -> dict[str, Any]:
    return {
        "communes": sorted(asked.communes),
        "professions": sorted(asked.professions or ()),
        "missing": list(found.missing_columns),
        "passed_over": found.passed_over,
        "of_other_professions": found.of_other_professions,
        "merged_lines": found.merged_lines,
        "refused": found.refused_count,
        "people": len(found.people),
    }


def _remove(cpts: Cpts, contact_ids: Collection[str], *, by: Account, at: datetime) -> dict[str, str]:
    """Take these people out, but for those who are on duty; what became of each, by contact."""
    said, today = {}, clock.local(at, cpts).date()
    for contact in queries.contacts_with_ids(cpts, [UUID(one) for one in contact_ids]):
        key = str(contact.id)
        try:
            operations.remove(contact, today=today, by=by, at=at)
            said[key] = REMOVED
        except StillOnDuty as refusal:
            said[key] = str(refusal)
    return said


def _done(lines: Sequence[ImportLine], plan: annuaire_merging.Plan, ticked: Collection[str]) -> list[ImportLine]:
    """The lines as the report keeps them: who came in, and whose line of the directory changed."""
    new = {draft.national_id for draft in plan.new}
    changed = {one.said.national_id for one in plan.known if one.changed(ticked)}
    numbers = {line.number: line.values.get("national_id") for line in lines if line.outcome in NAMED}
    kept = [line for line in lines if line.outcome is not Outcome.GONE]
    done = once_applied(
        kept,
        (number for number, key in numbers.items() if key in new),
        (number for number, key in numbers.items() if key in changed),
    )
    return [*done, *(line for line in lines if line.outcome is Outcome.GONE)]


def _once_applied(line: ImportLine, removed: dict[str, str]) -> ImportLine:
    if line.outcome is not Outcome.GONE:
        return line
    said = removed.get(line.values.get("contact_id", ""), KEPT)
    return ImportLine(0, Outcome.GONE, (said,), is_imported=said == REMOVED)
