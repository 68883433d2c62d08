"""A pen that goes down the sheet and takes a fresh one when there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crisis_plan.document.inline import safe_href
from crisis_plan.document.paper.fonts import Face
from crisis_plan.document.paper.lines import EMPTY, Line, Piece
from crisis_plan.document.paper.sheet import Link, Rule, Sheet, Sign, Words
from crisis_plan.document.paper.styles import ACCENT, FRAME, Frame, Style, Styles
from crisis_plan.document.revisions import Revision


class Mark(NamedTuple):
    """A bullet or a number that waits for the first line of its item."""

    x: float
    text: str
    face: Face
    size: float
    colour: str


class Place(NamedTuple):
    """A height in the document: which sheet, how high."""

    sheet: int
    y: float


class Flow:
    """The sheets of one chapter while it is being set."""

    def __init__(self, styles: Styles, frame: Frame = FRAME) -> None:
        self.styles = styles
        self.frame = frame
        self.sheets: list[Sheet] = [Sheet(frame=frame)]
        self.mark: Mark | None = None

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def y(self) -> float:
        return self.sheet.end

    @property
    def room(self) -> float:
        return self.sheet.end - self.frame.bottom

    @property
    def is_at_top(self) -> bool:
        return self.sheet.end >= FRAME.top

    @property
    def place(self) -> Place:
        return Place(len(self.sheets) - 1, self.y)

    def turn(self) -> None:
        """Go on at the top of a fresh sheet."""
        self.sheets.append(Sheet(frame=self.frame))

    def need(self, height: float) -> None:
        """Turn the page unless so much room is left; what is higher than a page starts where it is."""
        if self.room < min(height, FRAME.height) and not self.is_at_top:
            self.turn()

    def down(self, height: float) -> None:
        """Leave a space; the top of a sheet needs none."""
        if not self.is_at_top:
            self.sheet.end -= height

    def set_lines(self, lines: Sequence[Line], style: Style, x: float) -> None:
        """Set lines one under the other, never leaving one alone at the foot or at the top of a page."""
        left = list(lines)
        while left:
            fits = int((self.room + 0.01) // style.leading)
            if fits >= len(left):
                taken = len(left)
            elif self.is_at_top:
                taken = max(fits, 1)
            else:
                taken = min(fits, len(left) - 2)
                taken = taken if taken >= 2 else 0
            for line in left[:taken]:
                self.set_line(line, style, x)
            left = left[taken:]
            if left:
                self.turn()

    def set_line(self, line: Line, style: Style, x: float) -> None:
        baseline = self.baseline(style)
        if self.mark:
            mark, self.mark = self.mark, None
            self.sheet.words.append(Words(mark.x, baseline, mark.face, mark.size, mark.colour, mark.text))
        put(self.sheet, line, style, x, baseline)
        self.sheet.end -= style.leading

    def baseline(self, style: Style) -> float:
        """Where the words of the next line will stand."""
        return below(self.y, style)

    def flush_mark(self) -> None:
        """The bullet of an item that has no words."""
        if self.mark:
            self.need(self.styles.body.leading)
            self.set_line(EMPTY, self.styles.body, self.mark.x)

    def rule(self, x: float, to_x: float, thickness: float, colour: str) -> None:
        self.sheet.rules.append(Rule(x, self.y, to_x, self.y, thickness, colour))


def below(top: float, style: Style) -> float:
    """The baseline of a line whose upper edge is at `top`."""
    return top - style.leading + (style.leading - style.size) / 2 + style.size * 0.22


def put(sheet: Sheet, line: Line, style: Style, x: float, baseline: float) -> None:
    """Mark one line on a sheet; a link is underlined, so that it is seen without its colour."""
    for piece in line.pieces:
        target = safe_href(piece.href) if piece.href else ""
        colour = ACCENT if target else style.colour
        sheet.words.append(Words(x + piece.x, baseline, piece.face, style.size, colour, piece.text))
        if target:
            end = _end(line, piece)
            sheet.underlines.append(Rule(x + piece.x, baseline - 1.6, x + end, baseline - 1.6, 0.4, ACCENT))
            sheet.links.append(Link(x + piece.x, baseline - 3, end - piece.x, style.leading, target))
        if piece.mark:
            _mark(sheet, piece, style, x, x + _end(line, piece), baseline)


def _mark(sheet: Sheet, piece: Piece, style: Style, x: float, to_x: float, baseline: float) -> None:
    """Words gone are struck through, words come are underlined, and the margin says which."""
    if piece.text.strip():
        is_gone = piece.mark is Revision.REMOVED
        y, thick = (baseline + style.size * 0.26, 0.8) if is_gone else (baseline - style.size * 0.18, 1.1)
        sheet.rules.append(Rule(x + piece.x, y, to_x, y, thick, style.colour))
        sheet.signs.append(Sign(sheet.frame.left, baseline, piece.mark))


def _end(line: Line, piece: Piece) -> float:
    following = [other.x for other in line.pieces if other.x > piece.x]
    return min(following, default=line.width)
