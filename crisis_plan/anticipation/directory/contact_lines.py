"""Lines of a spreadsheet of contacts: what becomes of each, compared with the directory and with each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol

from crisis_plan.anticipation.directory import contact_reading, telephones
from crisis_plan.anticipation.directory.contact_columns import FIELDS
from crisis_plan.anticipation.directory.drafts import ContactDraft, PhoneDraft, from_json
from crisis_plan.anticipation.directory.queries import Taken
from crisis_plan.anticipation.directory.usual_words import private_told, with_usual_profession, without_owners
from crisis_plan.imports.columns import Matching, guess, missing
from crisis_plan.imports.rules import COMES_IN, ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet
from crisis_plan.web.formats import telephone

OPPOSED = "S’est opposé à figurer dans l’annuaire."
"""Whoever asked not to be in the directory is not brought back by an import (domain, section 12)."""

Seen = dict[object, int]
"""National identifiers and looks already met, with the line where; 0 for the directory."""


class Opposed(Protocol):
    """Who asked not to be in the directory."""

    def refuses(self, draft: ContactDraft) -> bool: ...


def assess(
    sheet: Sheet,
    taken: Taken,
    *,
    today: date,
    region: str,
    matching: Matching | None = None,
    opposed: Opposed | None = None,
) -> list[ImportLine]:
    """What becomes of each line. Without a column for names, every line is refused and says so."""
    matching = guess(sheet, FIELDS) if matching is None else matching
    told = private_told(sheet.lines, matching)
    read = contact_reading.all_of(told, without_owners(matching), today=today, region=region)
    lines = [with_usual_profession(replace(line, raw=one.raw)) for line, one in zip(read, sheet.lines, strict=True)]
    if lacking := missing(matching, FIELDS):
        why = (f"Aucune colonne n’est lue comme « {lacking[0].label} ».",)
        return [replace(line, reasons=why) for line in lines]
    return find_duplicates(lines, taken, opposed=opposed)


def find_duplicates(
    lines: Iterable[ImportLine], taken: Taken, *, forced: Iterable[int] = (), opposed: Opposed | None = None
) -> list[ImportLine]:
    """The same lines, those of someone already in the directory, or higher in the file, proposed as duplicates."""
    ticked = frozenset(forced)
    seen: Seen = dict.fromkeys((*taken.by_national_id, *taken.by_likeness), 0)
    found = []
    for line in lines:
        if line.outcome in COMES_IN or line.number in ticked:
            line = _compared(line, seen, opposed, is_ticked=line.number in ticked)
        if line.outcome in COMES_IN or (line.outcome is Outcome.DUPLICATE and line.number in ticked):
            draft = from_json(line.values)
            for sign in (draft.national_id, *draft.likenesses):
                if sign:
                    seen.setdefault(sign, line.number)
        found.append(line)
    return found


def comes_in(line: ImportLine) -> list[str]:
    """What the line brings beside its name, as the preview shows it: kind, profession, commune, telephones, e-mails."""
    if not line.values:
        return []
    draft = from_json(line.values)
    communes = ", ".join(place.commune for place in draft.places if place.commune)
    emails = (f"{one.address} (privé)" if one.is_private else one.address for one in draft.emails)
    return [
        part for part in (draft.kind.label, draft.profession, communes, *map(_in_words, draft.phones), *emails) if part
    ]


def _in_words(phone: PhoneDraft) -> str:
    if not phone.is_private:
        return telephone(phone.number)
    why = "numéro de mobile : gardé privé" if telephones.is_mobile(phone.number) else "privé"
    return f"{telephone(phone.number)} ({why})"


def _compared(line: ImportLine, seen: Seen, opposed: Opposed | None, *, is_ticked: bool) -> ImportLine:
    draft = from_json(line.values)
    if opposed and opposed.refuses(draft):
        return replace(line, outcome=Outcome.REFUSED, reasons=(OPPOSED,), values={})
    if draft.national_id in seen:
        reason = f"Déjà {_where(seen[draft.national_id])} : même numéro RPPS."
        return _duplicate(line, reason, seen[draft.national_id], may_be_forced=False)
    where = next((seen[likeness] for likeness in sorted(draft.likenesses) if likeness in seen), None)
    if where is not None and not is_ticked:
        return _duplicate(line, f"Déjà {_where(where)} : même nom et même commune.", where)
    return line


def _duplicate(line: ImportLine, reason: str, twin: int, *, may_be_forced: bool = True) -> ImportLine:
    return replace(
        line,
        outcome=Outcome.DUPLICATE,
        reasons=(reason, *line.reasons),
        may_be_forced=may_be_forced,
        may_be_completed=True,
        twin=twin,
    )


def _where(number: int) -> str:
    return f"ligne {number} du fichier" if number else "dans l’annuaire"
