"""Text broken into lines that fit a width: greedy, ragged right, as is read best."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from crisis_plan.document.blocks import Cell
from crisis_plan.document.paper.fonts import Face, drawable, width
from crisis_plan.document.paper.styles import Style
from crisis_plan.document.revisions import Revision

_TOKENS = re.compile(r"\n|(?:[^ \n]|(?<=\d) (?=\d))+| +")
"""Line end, word, or spaces; a telephone or an amount is one word."""

_BREAKABLE = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[^\W\d_]/)(?=[^\W\d_])")
"""Inside a word where a line may end: after the hyphen or the stroke between letters."""

_HAPPY_CUT = re.compile(r"[._/,;: -]")
"""Where a word too long for its line is best cut."""


ROUNDING = 0.01
"""In points: a column as wide as its widest word must hold it."""


class Piece(NamedTuple):
    """A run of text of one look, at its place in the line."""

    x: float
    text: str
    face: Face
    href: str
    mark: Revision = Revision.KEPT


class Line(NamedTuple):
    pieces: tuple[Piece, ...]
    width: float


class _Run(NamedTuple):
    text: str
    face: Face
    href: str
    width: float
    mark: Revision = Revision.KEPT


EMPTY = Line((), 0.0)


def broken(text: Cell, style: Style, available: float) -> list[Line]:
    """The lines of a text; at least one, however empty."""
    if isinstance(text, str):
        shown = drawable(text)
        if "\n" not in shown:
            long = width(shown, style.face(), style.size)
            if long <= available + ROUNDING:
                return [Line((Piece(0, shown, style.face(), ""),), long)] if shown else [EMPTY]
    filler = _Filler(style.size, max(available, style.size) + ROUNDING)
    for word in _words(text, style):
        filler.add(word)
    return filler.finished()


def natural_width(text: Cell, style: Style) -> float:
    """How wide the text would like to be: its longest line, unbroken."""
    runs = (
        [(text, style.face())]
        if isinstance(text, str)
        else [(span.text, style.face(bold=span.bold, italic=span.italic)) for span in text]
    )
    return sum(
        max((width(part, face, style.size) for part in drawable(said).split("\n")), default=0.0) for said, face in runs
    )


def longest_word(text: str, style: Style) -> float:
    """The width under which a word of this text would be cut."""
    return max((sum(run.width for run in word) for word in _words(text, style)), default=0.0)


def _words(text: Cell, style: Style) -> Iterable[list[_Run]]:
    """Runs that must stay on one line; a word may change look in its middle. A line end comes alone."""
    word: list[_Run] = []
    for said, face, href, mark in _looks(text, style):
        for found in _TOKENS.findall(drawable(said)):
            if found == "\n" or found[0] == " ":
                if word:
                    yield word
                yield [_Run(found[0], face, href, width(" ", face, style.size), mark)]
                word = []
                continue
            first, *others = [found] if "@" in found or "://" in found else _BREAKABLE.split(found)
            word.append(_Run(first, face, href, width(first, face, style.size), mark))
            for other in others:
                yield word
                word = [_Run(other, face, href, width(other, face, style.size), mark)]
    if word:
        yield word


def _looks(text: Cell, style: Style) -> Iterable[tuple[str, Face, str, Revision]]:
    if isinstance(text, str):
        yield text, style.face(), "", Revision.KEPT
        return
    for span in text:
        yield span.text, style.face(bold=span.bold, italic=span.italic), span.href, span.mark


class _Filler:
    """Fills lines word after word."""

    def __init__(self, size: float, available: float) -> None:
        self.size = size
        self.available = available
        self.lines: list[Line] = []
        self.runs: list[_Run] = []
        self.filled = 0.0
        self.space: _Run | None = None

    def add(self, word: list[_Run]) -> None:
        text = word[0].text
        if text == "\n":
            self.end_line()
        elif text == " ":
            self.space = word[0] if self.runs else None
        else:
            self.add_word(word)

    def add_word(self, word: list[_Run]) -> None:
        long = sum(run.width for run in word)
        space = self.space.width if self.space else 0.0
        if self.runs and self.filled + space + long > self.available:
            self.end_line()
        elif self.space:
            self.runs.append(self.space)
            self.filled += space
        self.space = None
        for run in word if long <= self.available else self.cut(word):
            self.runs.append(run)
            self.filled += run.width

    def cut(self, word: list[_Run]) -> Iterable[_Run]:
        """The pieces of a word wider than the line; ends lines as it goes."""
        for run in word:
            rest = run
            while self.filled + rest.width > self.available and len(rest.text) > 1:
                head = self.head(rest)
                yield head
                self.end_line()
                text = rest.text[len(head.text) :]
                rest = rest._replace(text=text, width=rest.width - head.width)
            if self.filled + rest.width > self.available and self.runs:
                self.end_line()
            yield rest

    def head(self, run: _Run) -> _Run:
        room, taken = self.available - self.filled, 0
        wide = 0.0
        for character in run.text:
            step = width(character, run.face, self.size)
            if wide + step > room:
                break
            wide, taken = wide + step, taken + 1
        taken = max(1, min(taken, len(run.text) - 1))
        text = run.text[: _happy_cut(run.text[:taken])]
        return run._replace(text=text, width=width(text, run.face, self.size))

    def end_line(self) -> None:
        self.lines.append(_line(self.runs, self.filled))
        self.runs, self.filled, self.space = [], 0.0, None

    def finished(self) -> list[Line]:
        if self.runs or not self.lines:
            self.end_line()
        return self.lines


def _happy_cut(head: str) -> int:
    """How much of what fits is kept: an e-mail breaks after its @, the rest after a mark."""
    if (at := head.rfind("@") + 1) > len(head) / 3:
        return at
    cuts = [match.end() for match in _HAPPY_CUT.finditer(head) if match.end() > len(head) / 2]
    return cuts[-1] if cuts else len(head)


def _line(runs: list[_Run], filled: float) -> Line:
    pieces: list[Piece] = []
    x = 0.0
    for run in runs:
        last = pieces[-1] if pieces else None
        if last and (last.face, last.href, last.mark) == (run.face, run.href, run.mark):
            pieces[-1] = last._replace(text=last.text + run.text)
        else:
            pieces.append(Piece(x, run.text, run.face, run.href, run.mark))
        x += run.width
    return Line(tuple(pieces), filled)
