"""What a time line draws, in a table of a bounded length: what is frequent is told by day, then by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from babel.dates import format_date

from crisis_plan.document.blocks import Column, Row, Table
from crisis_plan.evaluation.figures.axis import Axis
from crisis_plan.evaluation.figures.happenings import Happening, Sort
from crisis_plan.evaluation.figures.wording import length
from crisis_plan.web.formats import counted, long_date

MOST_ROWS = 150
TOLD_TOGETHER = (Sort.DECISION, Sort.MESSAGE, Sort.SILENCE, Sort.REPORT, Sort.ENGAGED, Sort.LEVEL, Sort.STAGE)
"""What is told by day once the table is too long, one after the other; a dated fact never is."""
COLUMNS = (Column("Moment", 2), Column("Nature", 1.6), Column("Ce qui s’est passé", 3), Column("Entrée", 1.4))

Group = tuple[str, Sequence[Happening]]
"""What shares a line, and how its moment is told."""


def time_table(happened: Sequence[Happening], axis: Axis) -> Table:
    """One line for each thing, by moment; for each day, then each month, of what there is too much of."""
    by_sort = {sort: sorted(_of(happened, sort), key=lambda one: one.at) for sort in Sort}
    grouped = {sort: _one_by_one(found, axis) for sort, found in by_sort.items()}
    for pattern in (None, "MMMM y"):
        for sort in TOLD_TOGETHER:
            if sum(map(len, grouped.values())) > MOST_ROWS:
                grouped[sort] = _together(by_sort[sort], axis, pattern)
    told = sorted((group for groups in grouped.values() for group in groups), key=lambda group: group[1][0].at)
    return Table("Ce que dit la frise", COLUMNS, tuple(_row(*group) for group in told), empty="Rien n’est consigné.")


def _one_by_one(found: Sequence[Happening], axis: Axis) -> list[Group]:
    return [(axis.whole_words(one.at), [one]) for one in found]


def _together(found: Sequence[Happening], axis: Axis, pattern: str | None) -> list[Group]:
    """By day, or by what the pattern says of it."""
    groups: dict[str, list[Happening]] = {}
    for one in found:
        day = axis.local(one.at).date()
        groups.setdefault(format_date(day, pattern, locale="fr_FR") if pattern else long_date(day), []).append(one)
    return [_one_by_one(group, axis)[0] if len(group) == 1 else (when, group) for when, group in groups.items()]


def _row(moment: str, group: Sequence[Happening]) -> Row:
    first = group[0]
    what = _said(first) if len(group) == 1 else _all_said(group)
    names = sorted((one.name for one in group if one.name), key=lambda name: (len(name), name))  # « n° 9 », « n° 12 »
    ends = dict.fromkeys([*names[:1], *names[-1:]])
    return Row((moment, first.sort.label, what, " à ".join(ends)), key=f"{first.sort} {moment} {first.name}")


def _said(one: Happening) -> str:
    return f"{one.what[:1].upper()}{one.what[1:]}"


def _all_said(group: Sequence[Happening]) -> str:
    """« 7 décisions, dont 2 sans raison écrite », « 3 silences, 5 h 20 en tout »."""
    sort, count = group[0].sort, len(group)
    if sort is Sort.ENGAGED:
        return max(group, key=lambda one: one.count).what
    said = counted(count, sort.label.lower(), sort.several)
    if unsaid := sum(one.lacks_reason for one in group):
        return f"{said}, dont {unsaid} sans raison écrite"
    if sort is Sort.SILENCE:
        whole = sum(((one.ends_at or one.at) - one.at for one in group), timedelta())
        return f"{said}, {length(whole)} en tout"
    return said


def _of(happened: Sequence[Happening], sort: Sort) -> list[Happening]:
    return [one for one in happened if one.sort is sort]
