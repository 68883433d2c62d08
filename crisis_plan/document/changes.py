"""What differs between two documents, said by section and by table line in sentences that can be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from crisis_plan.document.blocks import Block, Chapter, Column, Document, Paragraph, Part, Row, Table, plain
from crisis_plan.document.differences import in_section, whole_rows
from crisis_plan.document.sections import Change, ChangeKind, RowChange, Section, by_chapter

__all__ = ["FIRST", "Change", "ChangeKind", "RowChange", "changes", "summary_chapter"]

FIRST = "Première version publiée."


def changes(before: Document | None, after: Document) -> tuple[Change, ...]:
    """Every difference, in the order in which the new document is read; none for a first version."""
    if before is None:
        return ()
    old, new = by_chapter(before), by_chapter(after)
    kept = (
        _in_chapter(old[key], sections) if key in old else _whole_chapter(sections, ChangeKind.ADDED)
        for key, sections in new.items()
    )
    gone = (_whole_chapter(sections, ChangeKind.REMOVED) for key, sections in old.items() if key not in new)
    return tuple(chain.from_iterable(chain(kept, gone)))


def summary_chapter(found: Sequence[Change], *, since: str | None, first: str = FIRST) -> Chapter:
    """The change list to print; `since` is the version before; none when there is none, and `first` says so."""
    blocks: tuple[Block, ...]
    if since is None:
        blocks = (Paragraph(plain(first)),)
    elif not found:
        blocks = (Paragraph(plain(f"Aucune modification depuis la {since}.")),)
    else:
        blocks = (Paragraph(plain(f"Depuis la {since}\u00a0:")), _table(found))
    return Chapter("changes", "Modifications", blocks, Part.CHANGES)


def _table(found: Sequence[Change]) -> Table:
    columns = (Column("Chapitre", 2.2), Column("Rubrique", 2.6), Column("Modification", 4.2))
    rows = (Row((change.place, change.heading, change.sentence), restricted=change.restricted) for change in found)
    return Table("", columns, tuple(rows), empty="Aucune modification dans cette édition.")


def _in_chapter(old: dict[str, Section], new: dict[str, Section]) -> Iterable[Change]:
    for key, section in new.items():
        if key in old:
            yield from in_section(old[key], section)
        else:
            yield _whole_section(section, ChangeKind.ADDED)
    for key, section in old.items():
        if key not in new:
            yield _whole_section(section, ChangeKind.REMOVED)


def _whole_section(section: Section, kind: ChangeKind) -> Change:
    gender, what = ("e", "Rubrique") if section.heading else ("", "Texte")
    sentence = f"{what} {'ajouté' if kind is ChangeKind.ADDED else 'retiré'}{gender}."
    return section.change(kind, sentence, restricted=section.restricted, rows=whole_rows(section, kind))


def _whole_chapter(sections: dict[str, Section], kind: ChangeKind) -> Iterable[Change]:
    first = next(iter(sections.values()))
    sentence = "Chapitre ajouté." if kind is ChangeKind.ADDED else "Chapitre retiré."
    rows = chain.from_iterable(whole_rows(section, kind) for section in sections.values())
    yield Change(
        kind,
        first.chapter,
        "",
        sentence,
        restricted=first.of_restricted_chapter,
        chapter_key=first.chapter_key,
        rows=tuple(rows),
    )
