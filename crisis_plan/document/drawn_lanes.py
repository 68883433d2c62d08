"""A time line set out: its axis, its lanes one under the other, its curve. Each pen only has to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crisis_plan.document.drawings import (
    Anchor,
    Bar,
    Dot,
    Drawing,
    Label,
    Level,
    Look,
    Point,
    Upright,
    measured,
    wrapped,
)
from crisis_plan.document.lanes import Band, Curve, Lane, Mark, Shape, Tick

NARROW = 560.0
"""Under this width the names of the lanes stand above them, as on a telephone."""
NAMES = 158.0
"""What the names of the lanes take where they stand beside."""
EDGE = 13.0
"""Left free on both sides, for a mark at the very start or end."""
ROW = 21.0
BAR = 23.0
CURVE = 62.0
PADDING = 8.0
ROWS = 6
"""Words one under the other in a lane; what finds no place among them is drawn without words."""


@dataclass(slots=True)
class _Rows:
    """Words beside their marks, moved down a row where they would touch."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, start: float, end: float, *, lines: int = 1, most: int = ROWS) -> int | None:
        """The first row from which so many lines are free; none when so many rows are full."""
        for rank in range(most - lines + 1):
            if all(self._is_free(row, start, end) for row in self.taken[rank : rank + lines]):
                self.taken += [[] for _ in range(rank + lines - len(self.taken))]
                for row in self.taken[rank : rank + lines]:
                    row.append((start, end))
                return rank
        return None

    @staticmethod
    def _is_free(row: Sequence[tuple[float, float]], start: float, end: float) -> bool:
        return all(end < other_start or start > other_end for other_start, other_end in row)


def drawn(ticks: Sequence[Tick], lanes: Sequence[Lane], curve: Curve | None, width: float) -> Drawing:
    """Where everything stands, so many units wide."""
    setting = _Setting(Drawing(width))
    setting.set_axis(ticks)
    for lane in lanes:
        setting.set_lane(lane)
    if curve:
        setting.set_curve(curve)
    return setting.finished(ticks)


class _Setting:
    """A drawing while it is being set, from top to bottom."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.is_narrow = drawing.width < NARROW
        self.left = EDGE + (0.0 if self.is_narrow else NAMES)
        self.right = drawing.width - EDGE
        self.y = 0.0
        self.axis_end = 0.0

    def x(self, position: float) -> float:
        return round(self.left + min(max(position, 0.0), 1.0) * (self.right - self.left), 1)

    def set_axis(self, ticks: Sequence[Tick]) -> None:
        """Days above, hours below; a label that would touch the one before it is left out."""
        for look, chosen in ((Look.DAY, True), (Look.TICK, False)):
            row = [tick for tick in ticks if tick.is_major is chosen and tick.label]
            if row:
                self.y += ROW - 3
                self._set_ticks(row, look)
        self.y += 5
        self.axis_end = self.y

    def _set_ticks(self, ticks: Sequence[Tick], look: Look) -> None:
        kept: list[Label] = []
        last = -1.0
        for tick in sorted(ticks, key=lambda one: one.position):
            wide = measured(tick.label, look)
            x = self.x(tick.position)
            start = x + 3 if look is Look.DAY else x - wide / 2
            start = max(min(start, self.drawing.width - wide), 0.0 if self.is_narrow else self.left - EDGE)
            if start <= last and len(kept) == 1:
                kept.pop()  # the day on which the axis begins is in the caption too
            elif start <= last:
                continue
            kept.append(Label(round(start, 1), self.y - 4, tick.label, look))
            last = start + wide + 5
        self.drawing.labels += kept

    def set_lane(self, lane: Lane) -> None:
        self._begin(lane.name)
        top, named = self.y, self._named(lane.name)
        if lane.bands:
            self._set_bands(lane)
        if any(mark.word for mark in lane.marks):
            self._set_words(lane)
        elif lane.marks:
            self._set_marks(lane)
        elif not lane.bands:
            self.drawing.labels.append(Label(self.left, self.y + 15, lane.empty or "–"))
            self.y += ROW
        self.y = max(self.y, top + named) + PADDING

    def set_curve(self, curve: Curve) -> None:
        self._begin(curve.name)
        top, named = self.y, self._named(curve.name)
        floor, highest = top + ROW + CURVE, max(curve.highest, 1)
        steps = [(self.x(at), round(floor - CURVE * count / highest, 1)) for at, count in sorted(curve.steps)]
        if curve.highest and steps:
            self.drawing.area = _stairs(steps, floor, self.right)
            x, y = min(steps, key=lambda step: (step[1], step[0]))
            said = f"{curve.highest} {curve.unit}".strip()
            start = max(min(x, self.drawing.width - measured(said)), 0.0)
            self.drawing.labels.append(Label(round(start, 1), y - 5, said))
        else:
            self.drawing.labels.append(Label(self.left, floor - 6, "–"))
        self.drawing.levels.append(Level(self.left, self.right, floor))
        self.y = max(floor, top + named) + PADDING

    def finished(self, ticks: Sequence[Tick]) -> Drawing:
        self.drawing.height = round(self.y, 1)
        self.drawing.uprights = [
            Upright(self.x(tick.position), self.axis_end, self.drawing.height, tick.is_major) for tick in ticks
        ]
        return self.drawing

    def _begin(self, name: str) -> None:
        self.drawing.levels.append(Level(0.0, self.drawing.width, self.y))
        self.y += PADDING
        if self.is_narrow:
            self.drawing.labels.append(Label(0.0, self.y + 12, name, Look.NAME))
            self.y += ROW

    def _named(self, name: str) -> float:
        """Write the name beside its lane; how much height it takes."""
        if self.is_narrow:
            return 0.0
        lines = wrapped(name, NAMES - 10, Look.NAME)
        self.drawing.labels += [Label(0.0, self.y + 15 + 17 * row, text, Look.NAME) for row, text in enumerate(lines)]
        return 4 + 17.0 * len(lines)

    def _set_bands(self, lane: Lane) -> None:
        """Words in the band where they fit, else under it; of silences only the longest have room for theirs."""
        rows = _Rows()
        for band in sorted(lane.bands, key=lambda one: one.start - one.end):
            x, end = self.x(band.start), self.x(band.end)
            bar = Bar(x, self.y, round(max(end - x, 2.0), 1), BAR, band.label, lane.is_gap)
            self.drawing.bars.append(bar)
            if band.word and not lane.is_gap and measured(band.word, Look.ON_LIGHT) + 10 <= bar.width:
                self.drawing.labels.append(Label(x + 6, self.y + 16, band.word, Look.ON_LIGHT))
            elif band.word:
                self._set_under(rows, x, band, most=1 if lane.is_gap else 3)
        self.y += BAR + (ROW - 3) * len(rows.taken)

    def _set_under(self, rows: _Rows, x: float, band: Band, *, most: int) -> None:
        wide = measured(band.word)
        start = max(min(x, self.drawing.width - wide), 0.0)
        row = rows.place(start, start + wide + 8, most=most)
        if row is not None:
            self.drawing.labels.append(Label(round(start, 1), self.y + BAR + 14 + (ROW - 3) * row, band.word))

    def _set_marks(self, lane: Lane) -> None:
        """On one line; those that would touch become one, with its number."""
        middle = self.y + 13
        for mark in _apart(lane.marks, self.right - self.left):
            self._set_dot(lane.shape, mark, middle)
        self.y += 26

    def _set_words(self, lane: Lane) -> None:
        """Each with its word beside it: on its right, else on its left, else in several lines where there is more room."""
        rows, top = _Rows(), self.y
        for mark in sorted(lane.marks, key=lambda one: one.position):
            x, beside = self.x(mark.position), _radius(mark.count) + 6
            on_right, on_left = self.drawing.width - x - beside, x - beside
            wide = measured(mark.word)
            is_on_left = wide > on_right and (wide <= on_left or on_left > on_right)
            lines = wrapped(mark.word, on_left if is_on_left else on_right, Look.WORD)
            wide = max(measured(line) for line in lines)
            start, end = (x - beside - wide, x + beside) if is_on_left else (x - beside, x + beside + wide)
            row = rows.place(start, end + 6, lines=len(lines))
            middle = top + 12 + ROW * (row or 0)
            self._set_dot(lane.shape, mark, middle)
            if row is not None:
                anchor, at = (Anchor.END, x - beside) if is_on_left else (Anchor.START, x + beside)
                self.drawing.labels += [
                    Label(round(at, 1), middle + 5 + (ROW - 3) * rank, line, Look.WORD, anchor)
                    for rank, line in enumerate(lines)
                ]
        self.y += ROW * len(rows.taken) + 3

    def _set_dot(self, shape: Shape, mark: Mark, middle: float) -> None:
        dot = Dot(self.x(mark.position), middle, _radius(mark.count), shape, mark.label)
        self.drawing.dots.append(dot)
        if mark.count > 1:
            look = Look.ON_LIGHT if dot.is_hollow else Look.ON_DARK
            self.drawing.labels.append(Label(dot.x, middle + 4.6, str(mark.count), look, Anchor.MIDDLE))


def _radius(count: int) -> float:
    return 6.0 if count == 1 else 10.0 if count < 10 else 11.5 if count < 100 else 15.0


def _apart(marks: Sequence[Mark], wide: float) -> list[Mark]:
    """The same marks, those that would touch counted as one."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: one.position):
        while (
            found and (mark.position - found[-1].position) * wide < _radius(mark.count) + _radius(found[-1].count) + 1
        ):
            mark = _together(found.pop(), mark)
        found.append(mark)
    return found


def _together(one: Mark, other: Mark) -> Mark:
    count = one.count + other.count
    position = (one.position * one.count + other.position * other.count) / count
    return Mark(position, "\n".join(part for part in (one.label, other.label) if part), count=count)


def _stairs(steps: Sequence[Point], floor: float, right: float) -> tuple[Point, ...]:
    """The area under the steps, down to the floor."""
    corners: list[Point] = [(steps[0][0], floor)]
    for (x, y), (to_x, _) in zip(steps, [*steps[1:], (right, floor)], strict=True):
        corners += [(x, y), (to_x, y)]
    return (*corners, (right, floor))
