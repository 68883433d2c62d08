"""What is counted in the logbook itself: entries, decisions, what is late, flagged or silent; without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, overload

from crisis_plan import clock
from crisis_plan.clock import HasTimeZone
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey, Line
from crisis_plan.evaluation.figures.silences import Silence
from crisis_plan.evaluation.figures.wording import cited, how_many, in_annex, length, of_the_log, until
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, entry_name
from crisis_plan.web.formats import counted, long_date, moment, number

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.reckoning import Marked, Tally

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GAPS = (
    ("Moins d’une heure après le fait", timedelta.min, HOUR),
    ("De 1\u00a0h à 24\u00a0h après", HOUR, DAY),
    ("24\u00a0h après ou plus", DAY, timedelta.max),
)
"""How long after the fact: from, and under."""


@dataclass(frozen=True)
class WholeLog(Sequence[Cited]):
    """Every entry of a log and of its annex: numbered from 1 without gaps, so that none has to be read."""

    main: int
    annex: int = 0

    def __len__(self) -> int:
        return self.main + self.annex

    @overload
    def __getitem__(self, asked: int) -> Cited: ...
    @overload
    def __getitem__(self, asked: slice) -> tuple[Cited, ...]: ...
    def __getitem__(self, asked: int | slice) -> Cited | tuple[Cited, ...]:
        if isinstance(asked, slice):
            return tuple(self._at(rank) for rank in range(len(self))[asked])
        return self._at(range(len(self))[asked])

    def _at(self, rank: int) -> Cited:
        if rank < self.main:
            return Cited(Part.MAIN, rank + 1)
        return Cited(Part.ANNEX, rank - self.main + 1)


def entries(tallies: Iterable[Tally]) -> Figure:
    """Every entry, by kind; those of the annex are told apart."""
    by_kind, by_part = Counter[EntryKind](), Counter[Part]()
    for one in tallies:
        by_kind[one.kind] += one.total
        by_part[one.part] += one.total
    lines = [Line(kind.label, number(by_kind[kind])) for kind in EntryKind if by_kind[kind]]
    log = WholeLog(by_part[Part.MAIN], by_part[Part.ANNEX])
    return Figure(
        FigureKey.ENTRIES,
        how_many(len(log), log.annex),
        "Toutes les entrées du journal et de son annexe, par nature\u00a0; une correction est une entrée de plus, et "
        "celle qu’elle corrige reste comptée.",
        lines,
        log,
    )


def decisions(rows: Sequence[Marked], place: HasTimeZone) -> Figure:
    """The decisions, by day; a correction is not one more."""
    found = _decisions(rows)
    by_day: dict[date, list[Marked]] = {}
    for one in sorted(found, key=lambda one: one.happened_at):
        by_day.setdefault(clock.local(one.happened_at, place).date(), []).append(one)
    lines = [Line(long_date(day), number(len(of_day)), cited(of_day)) for day, of_day in by_day.items()]
    corrected = _corrected(rows, found)
    lines += _line_of("Corrigées depuis", corrected)
    lines += _line_of("Dont le contenu a été effacé sur décision", [one for one in found if one.is_erased])
    return Figure(
        FigureKey.DECISIONS,
        how_many(len(found), in_annex(found)),
        "Les entrées de nature «\u00a0Décision\u00a0», au jour du fait\u00a0; une décision corrigée compte une fois, et se lit "
        "telle que corrigée.",
        lines,
        cited([*found, *corrections_of(rows, found)]),
    )


def without_reason(rows: Sequence[Marked]) -> Figure:
    """The decisions whose reason nobody wrote; a correction has no such field, hence is read."""
    found = [one for one in _decisions(rows) if one.lacks_reason and not one.is_erased]
    corrected = _corrected(rows, found)
    read_again = {one.number for one in corrected}
    never = [one for one in found if one.part is Part.ANNEX or one.number not in read_again]
    lines = [
        *_line_of("Jamais corrigées", never),
        *_line_of("Corrigées depuis\u00a0: la raison est peut-être dite là", corrected),
    ]
    return Figure(
        FigureKey.WITHOUT_REASON,
        how_many(len(found), in_annex(found)),
        "Les décisions dont la rubrique «\u00a0Raison\u00a0» est vide\u00a0; ce qu’une correction en dit ensuite se lit, et un "
        "contenu effacé ne compte pas.",
        lines,
        cited([*found, *corrections_of(rows, found)]),
    )


def late(rows: Sequence[Marked], late_after_minutes: int) -> Figure:
    """What was written late, with its reason, by the time from the fact to the entry."""
    found = [one for one in rows if one.is_late]
    lines = []
    for label, at_least, under in GAPS:
        lines += _line_of(label, [one for one in found if at_least <= one.entered_at - one.happened_at < under])
    return Figure(
        FigureKey.LATE,
        how_many(len(found), in_annex(found)),
        f"Les entrées qui disent pourquoi elles sont tardives\u00a0: la raison est demandée au-delà de "
        f"{counted(late_after_minutes, 'minute')} entre le fait et la saisie, et mise d’office hors connexion ou après "
        "la clôture.",
        lines,
        cited(found),
    )


def flagged(rows: Sequence[Marked]) -> Figure:
    """What somebody marked « à revoir », with the note."""
    found = [one for one in rows if one.is_flagged]
    lines = [Line(entry_name(one.part, one.number), one.note or "sans note", cited([one])) for one in found]
    return Figure(
        FigureKey.FLAGGED,
        how_many(len(found)),
        "Les entrées marquées «\u00a0à revoir\u00a0» par la cellule avant la clôture, avec leur note.",
        lines,
        cited(found),
    )


def silent(found: Sequence[Silence], limits: str, place: HasTimeZone) -> Figure:
    """The silences, each with the entries on both sides; `limits`: which ones, in words."""
    lines = [
        Line(
            f"Du {moment(one.starts_at, place)} à {until(one.ends_at, one.starts_at, place)}",
            length(one.length),
            of_the_log((one.after, one.before)),
        )
        for one in found
    ]
    longest = max((one.length for one in found), default=timedelta())
    value = f"{number(len(found))}, le plus long de {length(longest)}" if found else "aucun"
    return Figure(
        FigureKey.SILENCES,
        value,
        f"Les temps {limits} entre deux saisies du journal, tant que la crise n’était pas levée, l’annexe mise à part. "
        "Le délai d’un niveau quitté est celui de l’échelle d’aujourd’hui, ou 60\u00a0minutes.",
        lines,
        of_the_log(number for one in found for number in (one.after, one.before)),
    )


def reports(rows: Iterable[Marked], place: HasTimeZone) -> Figure:
    """The situation reports issued."""
    found = [one for one in rows if one.kind is EntryKind.SITUATION_REPORT]
    lines = [
        Line(moment(one.happened_at, place), f"entrée {entry_name(one.part, one.number)}", cited([one]))
        for one in found
    ]
    return Figure(
        FigureKey.SITUATION_REPORTS,
        how_many(len(found), in_annex(found), "aucun"),
        "Les entrées de nature «\u00a0Point de situation\u00a0»\u00a0: une par point émis.",
        lines,
        cited(found),
    )


def corrections_of(rows: Iterable[Marked], corrected: Iterable[Marked]) -> list[Marked]:
    """What corrects these entries, and what corrects that in turn."""
    by_number: dict[int, list[Marked]] = {}
    for one in rows:
        if one.corrects is not None:
            by_number.setdefault(one.corrects, []).append(one)
    return list(_following(by_number, corrected))


def _following(by_number: dict[int, list[Marked]], corrected: Iterable[Marked]) -> Iterator[Marked]:
    """A correction comes after what it corrects, so that this ends; only the main part is corrected by number."""
    waiting = [one for one in corrected if one.part is Part.MAIN]
    while waiting:
        for one in by_number.pop(waiting.pop().number, ()):
            yield one
            if one.part is Part.MAIN:
                waiting.append(one)


def _decisions(rows: Iterable[Marked]) -> list[Marked]:
    return [one for one in rows if one.kind is EntryKind.DECISION]


def _corrected(rows: Iterable[Marked], among: Collection[Marked]) -> list[Marked]:
    """Those of the main part that another entry corrects."""
    numbers = {one.corrects for one in rows}
    return [one for one in among if one.part is Part.MAIN and one.number in numbers]


def _line_of(label: str, found: Sequence[Marked]) -> list[Line]:
    """One line, where there is something to tell."""
    return [Line(label, number(len(found)), cited(found))] if found else []
