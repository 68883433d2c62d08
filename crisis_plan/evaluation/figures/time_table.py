"""What a time line draws, in a table of a bounded length: what is frequent is told by day, then by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from babel.dates import format_date

from crisis_plan.document.blocks import Column, Row, Table
from crisis_plan.evaluation.figures.axis import Axis
from crisis_plan.evaluation.figures.happenings import Happening, Sort
from crisis_plan.evaluation.figures.wording import length
from crisis_plan.web.formats import counted, long_date

MOST_ROWS = 150
TOLD_TOGETHER = (Sort.DECISION, Sort.MESSAGE, Sort.SILENCE, Sort.REPORT, Sort.ENGAGED, Sort.LEVEL, Sort.STAGE)
"""What is told by day once the table is too long, one after the other; a dated fact never is."""
COLUMNS = (Column("Moment", 2), Column("Nature", 1.6), Column("Quoi", 3), Column("Entrée", 1.4))

Group = Sequence[Happening]
"""What shares a line."""


class Grain(StrEnum):
    """What shares a line, from one thing alone to all those of a month."""

    ONE = "one"
    DAY = "day"
    MONTH = "month"


def time_table(happened: Sequence[Happening], axis: Axis) -> Table:
    """One line for each thing, by moment; for each day, then each month, of what there is too much of."""
    by_sort = {sort: sorted(_of(happened, sort), key=lambda one: one.at) for sort in Sort}
    grains = dict.fromkeys(Sort, Grain.ONE)
    groups: dict[Sort, list[Group]] = {sort: [[one] for one in found] for sort, found in by_sort.items()}
    for grain in (Grain.DAY, Grain.MONTH):
        for sort in TOLD_TOGETHER:
            if sum(map(len, groups.values())) > MOST_ROWS:
                grains[sort], groups[sort] = grain, _together(by_sort[sort], axis, grain)
    told = sorted((group for of_one in groups.values() for group in of_one), key=lambda group: group[0].at)
    rows = (_row(group, axis, grains[group[0].sort]) for group in told)
    return Table("Ce que dit la frise", COLUMNS, tuple(rows), empty="Rien n’est consigné.")


def _together(found: Sequence[Happening], axis: Axis, grain: Grain) -> list[Group]:
    groups: dict[date, list[Happening]] = {}
    for day, of_one in axis.by_day(found).items():
        groups.setdefault(day.replace(day=1) if grain is Grain.MONTH else day, []).extend(of_one)
    return list(groups.values())


def _row(group: Group, axis: Axis, grain: Grain) -> Row:
    first = group[0]
    moment = axis.whole_words(first.at) if len(group) == 1 else _when(axis.day_of(first.at), grain)
    what = _said(first) if len(group) == 1 else _all_said(group)
    names = [one.name for one in group if one.name]
    ends = dict.fromkeys((min(names, key=_by_number), max(names, key=_by_number)) if names else ())
    return Row((moment, first.sort.label, what, " à ".join(ends)), key=f"{first.sort} {moment} {first.name}")


def _by_number(name: str) -> tuple[int, str]:
    """« n° 9 » before « n° 12 »."""
    return len(name), name


def _when(day: date, grain: Grain) -> str:
    """« 8 août 2026 », « août 2026 »."""
    return format_date(day, "MMMM y", locale="fr_FR") if grain is Grain.MONTH else long_date(day)


def _said(one: Happening) -> str:
    return f"{one.what[:1].upper()}{one.what[1:]}"


def _all_said(group: Group) -> str:
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
