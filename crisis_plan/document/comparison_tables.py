"""Two states of a table as one: columns by their heading, rows by what identifies them, cells word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_plan.document.blocks import Column, Fact, Facts, Row, Table, words
from crisis_plan.document.comparison_order import matching, ranked, steps
from crisis_plan.document.comparison_text import merged_cell
from crisis_plan.document.revisions import Revision


def merged_table(old: Table, new: Table) -> Table | None:
    """One table that holds both; none where its rows could not be told from it again."""
    if old.restricted != new.restricted:
        return None
    columns = tuple(_columns(old.columns, new.columns))
    if any(column.mark for column in columns) and not (_is_even(old) and _is_even(new)):
        return None
    old_shell, new_shell = (replace(table, columns=(), rows=()) for table in (old, new))
    formerly = None if old_shell == new_shell else old_shell
    return replace(new, columns=columns, rows=tuple(_Rows(columns).merged(old.rows, new.rows)), formerly=formerly)


def merged_facts(old: Facts, new: Facts) -> Facts:
    """Facts by their label, each value word by word."""
    keys = [ranked([(fact.label, fact.restricted, fact.passing) for fact in one.facts]) for one in (old, new)]
    found: list[Fact] = []
    for was, now in steps(old.facts, new.facts, matching(*keys)):
        value = merged_cell(was.value, now.value) if was and now else None
        if now and value is not None:
            found.append(replace(now, value=value))
            continue
        found += [replace(was, mark=Revision.REMOVED)] if was else []
        found += [replace(now, mark=Revision.ADDED)] if now else []
    return replace(new, facts=tuple(found))


def identity(row: Row) -> str:
    """What a row is known by."""
    return row.key or (words(row.cells[0]) if row.cells else "")


def _columns(old: Sequence[Column], new: Sequence[Column]) -> Iterator[Column]:
    keys = [ranked([(column.heading, column.restricted) for column in side]) for side in (old, new)]
    for was, now in steps(old, new, matching(*keys)):
        if was and now:
            yield now if was == now else replace(now, formerly=was)
        elif was:
            yield replace(was, mark=Revision.REMOVED)
        elif now:
            yield replace(now, mark=Revision.ADDED)


def _is_even(table: Table) -> bool:
    return all(len(row.cells) == len(table.columns) for row in table.rows)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows under columns some of which may be in one version only: there, the other version has an empty cell."""

    columns: tuple[Column, ...]

    def merged(self, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
        keys = [ranked([identity(row) for row in side]) for side in (old, new)]
        before, after = dict(zip(keys[0], old, strict=True)), dict(zip(keys[1], new, strict=True))
        for was, now in steps(keys[0], keys[1], matching(*keys)):
            if was and now:
                yield from self._kept(before[was], after[now])
            elif was:
                yield self._gone(before[was], Revision.MOVED_AWAY if was in after else Revision.REMOVED)
            elif now and now in before:
                yield from self._moved(before[now], after[now])
            elif now:
                yield self._come(after[now], Revision.ADDED)

    def _kept(self, old: Row, new: Row) -> Iterator[Row]:
        if (row := self._woven(old, new)) is not None:
            yield row
        else:
            yield self._gone(old, Revision.REMOVED)
            yield self._come(new, Revision.ADDED)

    def _moved(self, old: Row, new: Row) -> Iterator[Row]:
        row = self._woven(old, new)
        yield self._come(new, Revision.MOVED_HERE) if row is None else replace(row, mark=Revision.MOVED_HERE)

    def _woven(self, old: Row, new: Row) -> Row | None:
        before, after = self._spread(old, Revision.ADDED), self._spread(new, Revision.REMOVED)
        if (old.key, old.restricted, len(before.cells)) != (new.key, new.restricted, len(after.cells)):
            return None
        cells = []
        marks = [column.mark for column in self.columns]
        for rank, (was, now) in enumerate(zip(before.cells, after.cells, strict=True)):
            mark = marks[rank] if rank < len(marks) else Revision.KEPT
            cell = was if mark is Revision.REMOVED else now if mark else merged_cell(was, now)
            if cell is None:
                return None
            cells.append(cell)
        return replace(new, cells=tuple(cells))

    def _gone(self, row: Row, mark: Revision) -> Row:
        return replace(self._spread(row, Revision.ADDED), mark=mark)

    def _come(self, row: Row, mark: Revision) -> Row:
        return replace(self._spread(row, Revision.REMOVED), mark=mark)

    def _spread(self, row: Row, absent: Revision) -> Row:
        """Its cells under the columns of both versions; a table whose columns are the same keeps them as they are."""
        if not any(column.mark for column in self.columns):
            return row
        cells = iter(row.cells)
        return replace(row, cells=tuple("" if column.mark is absent else next(cells) for column in self.columns))
