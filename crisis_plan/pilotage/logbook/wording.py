"""An entry in words: what paper says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry

ERASED = "Contenu effacé sur décision d’une autorité\u00a0: l’entrée reste à sa place et son sceau vaut toujours."
NO_REASON = "aucune n’a été écrite."
SAID = (
    ("quote", "Mot pour mot"),
    ("analysis", "Analyse"),
    ("options", "Options"),
    ("reason", "Raison"),
    ("known", "Ce que l’on savait"),
    ("decided_by", "Décidé par"),
    ("channel", "Canal"),
    ("late_reason", "Saisie tardive"),
)
"""What may follow the text of an entry, and how it is announced."""


def sentences(entry: LogbookEntry, corrected_by: int | None = None) -> list[str]:
    """Everything that an entry says, a line each; `corrected_by`: the number of the entry that corrects it."""
    if entry.is_erased:
        return [ERASED]
    said = entry.said
    known = {name: getattr(said, name) for name, _ in SAID}
    if entry.is_without_reason:
        known["reason"] = NO_REASON
    lines = [said.text, *(f"{label}\u00a0: {known[name]}" for name, label in SAID if known[name])]
    lines += [f"Pièce\u00a0: {one['file_name']} (sha256 {one['sha256']})" for one in said.attachments]
    if entry.corrects:
        lines.insert(0, f"Corrige l’entrée n°\u00a0{entry.corrects}.")
    if corrected_by:
        lines.insert(0, f"Corrigée par l’entrée n°\u00a0{corrected_by}.")
    return lines


def between_whom(entry: LogbookEntry) -> str:
    """« De l’ARS à la cellule », or what is known of it."""
    said = entry.said
    return "\n".join(
        f"{label}\u00a0: {value}" for label, value in (("De", said.origin), ("À", said.recipient)) if value
    )


def witness(entry: LogbookEntry | None) -> str:
    """What proves the state of a log: the last entry and its seal."""
    return f"Journal jusqu’à l’entrée {entry.name} – sceau {entry.seal}" if entry else "Journal vide"
