"""What differs between two documents, said by section and by table line in sentences that can be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from crisis_plan.document.blocks import Block, Chapter, Column, Document, Paragraph, Part, Row, Table, plain
from crisis_plan.document.comparison_reading import Changed
from crisis_plan.document.cover import cover_chapter
from crisis_plan.document.differences import in_section, whole_rows
from crisis_plan.document.sections import Change, ChangeKind, RowChange, Section, by_chapter, sections

__all__ = ["FIRST", "Change", "ChangeKind", "RowChange", "changes", "summary_chapter", "unsaid"]

FIRST = "Première version publiée."


def changes(before: Document | None, after: Document) -> tuple[Change, ...]:
    """Every difference, in the order in which the new document is read, its cover first; none for a first version."""
    if before is None:
        return ()
    old, new = by_chapter(before), by_chapter(after)
    kept = (
        _between(old[key], chapter) if key in old else _whole_chapter(chapter, ChangeKind.ADDED)
        for key, chapter in new.items()
    )
    gone = (_whole_chapter(chapter, ChangeKind.REMOVED) for key, chapter in old.items() if key not in new)
    cover = _between(cover_chapter(before), cover_chapter(after))
    return tuple(chain(cover, chain.from_iterable(kept), chain.from_iterable(gone)))


def unsaid(shown: Iterable[Changed], said: Sequence[Change]) -> Iterable[Change]:
    """A sentence for each chapter marked in a comparison of which no sentence speaks: a column, a table without a line."""
    spoken_of = {change.chapter_key for change in said}
    found = {one.chapter.key: one.chapter for one in shown if one.kinds and one.chapter.key not in spoken_of}
    for chapter in found.values():
        sentence = "Chapitre déplacé." if chapter.mark else "Détail modifié, marqué dans le texte."
        yield _of_chapter(chapter, ChangeKind.CHANGED, sentence, restricted=chapter.restricted)


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


def _between(old: Chapter, new: Chapter) -> Iterable[Change]:
    """What differs in one chapter; of one that one edition alone had, the other edition reads no detail."""
    inside = chain(_title(old, new), _in_chapter(sections(old), sections(new)))
    if old.restricted is new.restricted:
        yield from inside
        return
    sentence = "réservé à l’édition restreinte" if new.restricted else "dans l’édition publique aussi"
    public = old if new.restricted else new
    yield _of_chapter(public, ChangeKind.CHANGED, f"Chapitre désormais {sentence}.")
    yield from (replace(change, restricted=True) for change in inside)


def _title(old: Chapter, new: Chapter) -> Iterable[Change]:
    if old.title != new.title:
        change = _of_chapter(new, ChangeKind.CHANGED, "Titre modifié.", restricted=new.restricted)
        yield replace(change, before=(old.title,), after=(new.title,))


def _of_chapter(
    chapter: Chapter, kind: ChangeKind, sentence: str, *, restricted: bool = False, rows: Iterable[RowChange] = ()
) -> Change:
    return Change(kind, chapter.title, "", sentence, restricted=restricted, chapter_key=chapter.key, rows=tuple(rows))


def _in_chapter(old: dict[str, Section], new: dict[str, Section]) -> Iterable[Change]:
    for key, section in new.items():
        if key in old:
            yield from _heading(old[key], section)
            yield from in_section(old[key], section)
        else:
            yield _whole_section(section, ChangeKind.ADDED)
    for key, section in old.items():
        if key not in new:
            yield _whole_section(section, ChangeKind.REMOVED)


def _heading(old: Section, new: Section) -> Iterable[Change]:
    """The same section, called otherwise."""
    if old.heading != new.heading:
        before, after, hidden = [old.heading], [new.heading], old.restricted
        yield new.change(ChangeKind.CHANGED, "Intitulé modifié.", restricted=hidden, before=before, after=after)


def _whole_section(section: Section, kind: ChangeKind) -> Change:
    gender, what = ("e", "Rubrique") if section.heading else ("", "Texte")
    sentence = f"{what} {'ajouté' if kind is ChangeKind.ADDED else 'retiré'}{gender}."
    return section.change(kind, sentence, restricted=section.restricted, rows=whole_rows(section, kind))


def _whole_chapter(chapter: Chapter, kind: ChangeKind) -> Iterable[Change]:
    sentence = "Chapitre ajouté." if kind is ChangeKind.ADDED else "Chapitre retiré."
    rows = chain.from_iterable(whole_rows(section, kind) for section in sections(chapter).values())
    yield _of_chapter(chapter, kind, sentence, restricted=chapter.restricted, rows=rows)
