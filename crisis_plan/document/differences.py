"""What differs inside one section: its text, its facts, its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_plan.document.blocks import Block, Facts, Table, TimeLine, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.document.passing import is_warning, passing_labels, without_warnings
from crisis_plan.document.sections import Change, ChangeKind, RowChange, Section, lines
from crisis_plan.document.table_rows import TableRow, by_key, named, number


def in_section(old: Section, new: Section) -> Iterable[Change]:
    yield from _text(old, new)
    yield from _facts(old, new)
    yield from _tables(old, new)


def whole_rows(section: Section, kind: ChangeKind) -> Iterable[RowChange]:
    """Every row of a section that comes or goes as a whole."""
    for table in _captioned(section.blocks).values():
        yield from (RowChange(row.key, kind) for row in by_key(table).values())


def _text(old: Section, new: Section) -> Iterable[Change]:
    """What people wrote; where only warnings of the tool came or went, that is said instead."""
    before, after = _written(old.blocks), _written(new.blocks)
    if before == after:
        return
    is_passing = without_warnings(before) == without_warnings(after)
    warned = [any(is_warning(block) for block in blocks) for blocks in (before, after)]
    kind = _kind(*warned) if is_passing else _kind(bool(before), bool(after))
    yield new.change(
        kind,
        f"{'Avertissement' if is_passing else 'Texte'} {WHAT[kind]}.",
        restricted=public_blocks(before) == public_blocks(after),
        before=lines(before),
        after=lines(after),
        is_passing=is_passing,
    )


def _facts(old: Section, new: Section) -> Iterable[Change]:
    before, after = _fact_values(old.blocks), _fact_values(new.blocks)
    public_before, public_after = _fact_values(public_blocks(old.blocks)), _fact_values(public_blocks(new.blocks))
    passing = passing_labels(old.blocks) | passing_labels(new.blocks)
    for said in dict.fromkeys((*after, *before)):
        label, _rank = said
        was, now = before.get(said), after.get(said)
        if was == now or label in passing:
            continue
        kind = _kind(was is not None, now is not None)
        is_public = (was, now) == (public_before.get(said), public_after.get(said))
        yield new.change(
            kind,
            f"«\u00a0{label}\u00a0»\u00a0: {_what_of_a_fact(was, now) if is_public else WHAT[kind]}.",
            restricted=public_before.get(said) == public_after.get(said),
            before=() if was is None else [was],
            after=() if now is None else [now],
        )


WHAT = {ChangeKind.ADDED: "ajouté", ChangeKind.REMOVED: "retiré", ChangeKind.CHANGED: "modifié"}
SHORT_VALUE = 60
"""Characters up to which a sentence says the value itself."""


def _what_of_a_fact(was: str | None, now: str | None) -> str:
    """« 24 % au lieu de 55 % », for a value that is short and that everyone may read."""
    if was and now and max(len(was), len(now)) <= SHORT_VALUE:
        return f"{now} au lieu de {was}"
    return WHAT[_kind(was is not None, now is not None)]


def _tables(old: Section, new: Section) -> Iterable[Change]:
    before, after = _captioned(old.blocks), _captioned(new.blocks)
    for caption in dict.fromkeys((*after, *before)):
        yield from _table(new, before.get(caption), after.get(caption))


def _table(section: Section, old: Table | None, new: Table | None) -> Iterable[Change]:
    present = new or old
    if present is None:
        return
    start = f"{_named(present)}\u00a0: "
    before, after = by_key(old), by_key(new)
    added = [row for key, row in after.items() if key not in before]
    removed = [row for key, row in before.items() if key not in after]
    for rows, kind, word in ((added, ChangeKind.ADDED, "ajoutée"), (removed, ChangeKind.REMOVED, "retirée")):
        for some, hidden in _apart(rows):
            said = tuple(row.said for row in some)
            is_new = kind is ChangeKind.ADDED
            yield section.change(
                kind,
                start + _counted(some, word),
                restricted=hidden,
                before=() if is_new else said,
                after=said if is_new else (),
                rows=(RowChange(row.key, kind) for row in some),
            )
    pairs = [(before[key], row) for key, row in after.items() if key in before and before[key].cells != row.cells]
    yield from _changed_rows(section, start, pairs)
    if old and new and [column.heading for column in old.columns] != [column.heading for column in new.columns]:
        hidden = _public_headings(old) == _public_headings(new) or new.restricted
        yield section.change(ChangeKind.CHANGED, start + "colonnes modifiées.", restricted=hidden)


def _named(table: Table) -> str:
    """A table of a text has no caption: its first heading tells which one it is."""
    headings = [column.heading for column in table.columns if column.heading]
    return table.caption or (f"Tableau «\u00a0{headings[0]}\u00a0»" if headings else "Tableau")


def _changed_rows(section: Section, start: str, pairs: Sequence[tuple[TableRow, TableRow]]) -> Iterable[Change]:
    open_pairs = [(old, new) for old, new in pairs if new.differs_in_public(old)]
    hidden_pairs = [(old, new) for old, new in pairs if not new.differs_in_public(old)]
    for some, hidden in ((open_pairs, False), (hidden_pairs, True)):
        if some:
            sentence = start + _counted([new for _, new in some], "modifiée", what=_what(some, hidden))
            yield section.change(
                ChangeKind.CHANGED,
                sentence,
                restricted=hidden,
                before=(old.said for old, _ in some),
                after=(new.said for _, new in some),
                rows=(_changed_row(old, new) for old, new in some),
            )


def _changed_row(old: TableRow, new: TableRow) -> RowChange:
    return RowChange(new.key, ChangeKind.CHANGED, tuple(new.changed_headings(old, public=False)))


def _what(pairs: Sequence[tuple[TableRow, TableRow]], hidden: bool) -> str:
    """The columns that changed, when there is one row to speak of."""
    if len(pairs) > 1:
        return ""
    (old, new), *_ = pairs
    headings = new.changed_headings(old, public=not hidden)
    return f" ({', '.join(map(_inside_a_sentence, headings))})" if headings else ""


def _inside_a_sentence(heading: str) -> str:
    """« Téléphones » → « téléphones »; an acronym such as RPPS stays as it is."""
    first, _, _ = heading.partition(" ")
    return f"{heading[:1].lower()}{heading[1:]}" if first[1:].islower() or len(first) == 1 else heading


def _counted(rows: Sequence[TableRow], word: str, what: str = "") -> str:
    plural = "s" if len(rows) > 1 else ""
    names = named(rows)
    return f"{number(len(rows))} ligne{plural} {word}{plural}" + (f"\u00a0: {names}" if names else "") + what + "."


def _apart(rows: Sequence[TableRow]) -> Iterable[tuple[Sequence[TableRow], bool]]:
    for hidden in (False, True):
        if some := [row for row in rows if row.restricted is hidden]:
            yield some, hidden


def _kind(was: bool, is_now: bool) -> ChangeKind:
    if was and is_now:
        return ChangeKind.CHANGED
    return ChangeKind.ADDED if is_now else ChangeKind.REMOVED


def _written(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Facts | Table | TimeLine))


def _fact_values(blocks: Iterable[Block]) -> dict[tuple[str, int], str]:
    """Values by label, and by rank where a label comes back: the cell's place, then its fallback."""
    found: dict[tuple[str, int], str] = {}
    for block in blocks:
        for fact in block.facts if isinstance(block, Facts) else ():
            found[fact.label, sum(label == fact.label for label, _ in found)] = words(fact.value)
    return found


def _captioned(blocks: Iterable[Block]) -> dict[tuple[str, int], Table]:
    found: dict[tuple[str, int], Table] = {}
    for block in blocks:
        table = block.in_words if isinstance(block, TimeLine) else block
        if isinstance(table, Table):
            found[table.caption, sum(caption == table.caption for caption, _ in found)] = table
    return found


def _public_headings(table: Table) -> list[str]:
    return [column.heading for column in table.columns if not column.restricted]
