"""A line of a file beside the contact that it resembles: what it would complete, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crisis_plan.anticipation.directory.changes import FIELDS
from crisis_plan.anticipation.directory.comparing import TEXTS
from crisis_plan.anticipation.directory.completing import completed
from crisis_plan.anticipation.directory.drafts import ContactDraft, from_json
from crisis_plan.folding import folded
from crisis_plan.imports.rules import ImportLine, Outcome

IDENTICAL = "Identique : rien à faire."
COMPARED = TEXTS | {"category": "Catégorie", "skills": "Compétences", "availability": "Disponibilité", "note": "Note"}
HERE, THERE = "dans l’annuaire", "dans le fichier"


def compared(lines: Iterable[ImportLine], known: Iterable[ContactDraft]) -> list[ImportLine]:
    """The lines, each duplicate saying what differs from the contact, or from the line above, that it resembles.

    It is said in `proposals`, which leave the report once it is applied: it repeats what the directory holds.
    """
    signs: dict[object, ContactDraft] = {}
    for draft in known:
        for sign in (draft.national_id, *draft.likenesses):
            if sign:
                signs.setdefault(sign, draft)
    found, rows = [], list(lines)
    above = {line.number: line for line in rows if line.values}
    for line in rows:
        twin = _twin(line, signs, above) if line.outcome is Outcome.DUPLICATE and line.values else None
        found.append(_compared(line, twin) if twin else line)
    return found


def _twin(
    line: ImportLine, signs: Mapping[object, ContactDraft], above: Mapping[int, ImportLine]
) -> ContactDraft | None:
    if line.twin:
        return from_json(above[line.twin].values) if line.twin in above else None
    draft = from_json(line.values)
    return next((signs[sign] for sign in (draft.national_id, *sorted(draft.likenesses)) if sign in signs), None)


def _compared(line: ImportLine, twin: ContactDraft) -> ImportLine:
    said = from_json(line.values)
    filled, others = completes(twin, said), differences(twin, said)
    if not filled and not others:
        return replace(line, reasons=(line.reasons[0], IDENTICAL), may_be_completed=False, is_identical=True)
    told = [("completes", f"Compléterait : {', '.join(filled)}." if filled else "Rien à compléter.")]
    told += [("differs", f"Diffère : {' ; '.join(others)}.")] if others else []
    return replace(line, proposals=tuple(told), may_be_completed=bool(filled))


def completes(known: ContactDraft, said: ContactDraft) -> list[str]:
    """The fields that what is said would fill, as a history names them."""
    filled = completed(known, said)
    return [FIELDS[name] for name in vars(known) if getattr(filled, name) != getattr(known, name)]


def differences(known: ContactDraft, said: ContactDraft) -> list[str]:
    """The texts that both say, and not in the same words."""
    pairs = [(label, getattr(known, name), getattr(said, name)) for name, label in COMPARED.items()]
    pairs.append(("Type", known.kind.label, said.kind.label))
    return [
        f"{label} « {_short(ours)} » {HERE}, « {_short(theirs)} » {THERE}"
        for label, ours, theirs in pairs
        if ours and theirs and folded(ours) != folded(theirs)
    ]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
