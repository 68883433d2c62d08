"""A time line on the sheet: the drawing of the page in black and white, whole, then its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.document.comparison_words import marked
from crisis_plan.document.drawings import Anchor, Bar, Dot, Drawing, Label, Look
from crisis_plan.document.paper.flow import Flow
from crisis_plan.document.paper.fonts import Face, drawable
from crisis_plan.document.paper.fonts import width as width_of
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Box, Polygon, Rule, Sheet, Words
from crisis_plan.document.paper.styles import ACCENT, FRAME, HAIRLINE, INK, QUIET, SHADE, WHITE
from crisis_plan.document.paper.tables import set_table

if TYPE_CHECKING:
    from crisis_plan.document.blocks import TimeLine

UNITS = 690.0
"""The width of the drawing in its own units: its words are then as high as those of a table."""

COLOURS = {Look.TICK: QUIET, Look.ON_DARK: WHITE}


def set_time_line(flow: Flow, line: TimeLine, x: float, width: float) -> None:
    """Caption and drawing stay together on one page; the table goes on as a table does."""
    drawing = line.drawing(UNITS)
    scale = min(width / drawing.width, FRAME.height * 0.8 / max(drawing.height, 1.0))
    caption, style = broken(marked(line.caption, line.mark), flow.styles.caption, width), flow.styles.caption
    dates = broken(f"Du {line.starts} au {line.ends}", flow.styles.cell, width)
    head = len(caption) * style.leading + len(dates) * flow.styles.cell.leading + style.before + style.after
    flow.need(head + drawing.height * scale + flow.styles.body.after)
    flow.down(style.before)
    flow.set_lines(caption, style, x)
    flow.set_lines(dates, flow.styles.cell, x)
    flow.down(style.after)
    _Pen(flow.sheet, x, flow.y, scale).draw(drawing)
    flow.sheet.end -= drawing.height * scale
    flow.down(flow.styles.body.after + 4)
    set_table(flow, line.table, x, width)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Puts a drawing on a sheet, its upper left corner there."""

    sheet: Sheet
    left: float
    top: float
    scale: float

    def draw(self, drawing: Drawing) -> None:
        for upright in drawing.uprights:
            tall, wide = (upright.bottom - upright.top) * self.scale, 0.9 if upright.is_major else 0.3
            x = self.x(upright.x) - wide / 2
            self.sheet.boxes.append(Box(x, self.y(upright.bottom), wide, tall, HAIRLINE))
        for level in drawing.levels:
            wide = (level.to_x - level.x) * self.scale
            self.sheet.boxes.append(Box(self.x(level.x), self.y(level.y) - 0.2, wide, 0.4, HAIRLINE))
        if drawing.area:
            self.sheet.polygons.append(Polygon(self.corners(drawing.area), SHADE, ACCENT, 1.0))
        for bar in drawing.bars:
            self.bar(bar)
        for dot in drawing.dots:
            self.dot(dot)
        for label in drawing.labels:
            self.label(label)

    def bar(self, bar: Bar) -> None:
        x, wide, tall = self.x(bar.x), bar.width * self.scale, bar.height * self.scale
        bottom = self.y(bar.y + bar.height)
        self.sheet.boxes.append(Box(x, bottom, wide, tall, WHITE if bar.is_hatched else SHADE))
        if bar.is_hatched:
            middle = bottom + tall / 2
            self.sheet.rules.append(Rule(x, middle, x + wide, middle, tall, QUIET, dash=(0.8, 1.7)))
        self.sheet.boxes.append(Box(x, bottom, wide, tall, INK, outline=0.6))

    def dot(self, dot: Dot) -> None:
        fill, colour, outline = (WHITE, INK, 1.5) if dot.is_hollow else (ACCENT, WHITE, 0.5)
        self.sheet.polygons.append(Polygon(self.corners(dot.corners), fill, colour, outline))

    def label(self, label: Label) -> None:
        face, size = Face.of(bold=label.look.is_bold, italic=False), label.look.size * self.scale
        text = drawable(label.text).replace("\n", " ")
        part = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[label.anchor]
        wide = width_of(text, face, size)
        x = self.x(label.x) - wide * part
        if label.look is Look.WORD:  # no line of the axis goes through words
            self.sheet.boxes.append(Box(x - 1, self.y(label.y) - size * 0.24, wide + 2, size, WHITE))
        self.sheet.words.append(Words(x, self.y(label.y), face, size, COLOURS.get(label.look, INK), text))

    def corners(self, points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        return tuple((self.x(x), self.y(y)) for x, y in points)

    def x(self, units: float) -> float:
        return self.left + units * self.scale

    def y(self, units: float) -> float:
        return self.top - units * self.scale
