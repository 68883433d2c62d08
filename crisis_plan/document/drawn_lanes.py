"""A time line set out: its axis, its lanes one under the other, its curve. Each pen only has to follow."""

from __future__ import annotations

from collections.abc import Sequence

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
from crisis_plan.document.drawn_places import Rows, apart, peaks, radius, stairs
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
            if start <= last:
                if look is Look.TICK or len(kept) != 1:
                    continue
                kept.pop()  # the day on which the axis begins is in the caption too
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
        steps = [(self.x(at), round(floor - CURVE * count / highest, 1)) for at, count in curve.steps]
        if curve.highest and steps:
            self.drawing.area = stairs(steps, floor, self.right)
            self._set_peaks(curve, steps)
        else:
            self.drawing.labels.append(Label(self.left, floor - 6, "–"))
        self.drawing.levels.append(Level(self.left, self.right, floor))
        self.y = max(floor, top + named) + PADDING

    def _set_peaks(self, curve: Curve, steps: Sequence[Point]) -> None:
        """The highest number with its unit, the others where there is room."""
        counts = dict(zip(steps, (count for _, count in curve.steps), strict=True))
        whole = f"{curve.highest} {curve.unit}".strip()
        top = min(steps, key=lambda step: (step[1], step[0]))
        start = max(min(top[0], self.drawing.width - measured(whole)), 0.0)
        self.drawing.labels.append(Label(round(start, 1), top[1] - 5, whole))
        for x, y in peaks(steps, self.right, measured("00")):
            is_beside = start - 24 <= x <= start + measured(whole) + 6 and y - top[1] < ROW
            if counts[x, y] and (x, y) != top and not is_beside and x + 18 <= self.drawing.width:
                self.drawing.labels.append(Label(x, y - 5, str(counts[x, y])))

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
        rows = Rows()
        for band in sorted(lane.bands, key=lambda one: one.start - one.end):
            x, end = self.x(band.start), self.x(band.end)
            bar = Bar(x, self.y, round(max(end - x, 2.0), 1), BAR, band.label, lane.is_gap)
            self.drawing.bars.append(bar)
            if band.word and not lane.is_gap and measured(band.word, Look.ON_LIGHT) + 10 <= bar.width:
                self.drawing.labels.append(Label(x + 6, self.y + 16, band.word, Look.ON_LIGHT))
            elif band.word:
                self._set_under(rows, x, band, most=1 if lane.is_gap else 3)
        self.y += BAR + (ROW - 3) * len(rows.taken)

    def _set_under(self, rows: Rows, x: float, band: Band, *, most: int) -> None:
        wide = measured(band.word)
        start = max(min(x, self.drawing.width - wide), 0.0)
        row = rows.place(start, start + wide + 8, most=most)
        if row is not None:
            self.drawing.labels.append(Label(round(start, 1), self.y + BAR + 14 + (ROW - 3) * row, band.word))

    def _set_marks(self, lane: Lane) -> None:
        """On one line; those that would touch become one, with its number."""
        middle = self.y + 13
        for mark in apart(lane.marks, self.right - self.left):
            self._set_dot(lane.shape, mark, middle)
        self.y += 26

    def _set_words(self, lane: Lane) -> None:
        """Each with its word beside it: on its right, else on its left, else in several lines where there is more room."""
        rows, top = Rows(), self.y
        for mark in sorted(lane.marks, key=lambda one: one.position):
            x, beside = self.x(mark.position), radius(mark.count) + 6
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
        dot = Dot(self.x(mark.position), middle, radius(mark.count), shape, mark.label)
        self.drawing.dots.append(dot)
        if mark.count > 1:
            look = Look.ON_LIGHT if dot.is_hollow else Look.ON_DARK
            self.drawing.labels.append(Label(dot.x, middle + 4.6, str(mark.count), look, Anchor.MIDDLE))
