"""How things look on paper: one sober family, one accent that stays dark in black and white."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crisis_plan.document.paper.fonts import Face

ACCENT = "#0b4f5c"
INK = "#1b1b1b"
QUIET = "#555b5d"
HAIRLINE = "#b4c0c2"
SHADE = "#eef3f4"
WHITE = "#ffffff"
WATERMARK = "#e9ecec"

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a sheet that text may fill, in points from its lower left corner."""

    left: float = 70
    right: float = PAGE_WIDTH - 70
    top: float = PAGE_HEIGHT - 86
    bottom: float = 74

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


FRAME = Frame()

WIDE = Frame(left=40, right=PAGE_WIDTH - 40)
"""For an annex whose table has many columns."""

MANY_COLUMNS = 6
"""From there on a table is denser, and its annex wider."""


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a run of lines; lengths in points."""

    size: float
    leading: float
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        return Face.of(bold=self.bold or bold, italic=self.italic or italic)


@dataclass(frozen=True, slots=True)
class Styles:
    """Every look used inside a chapter."""

    kicker: Style
    title: Style
    headings: dict[int, Style]
    body: Style
    empty: Style
    label: Style
    value: Style
    caption: Style
    column: Style
    cell: Style
    dense: Style
    """The cells of a table of many columns."""
    notice_title: Style
    padding: float
    """Above and below the text of a table line."""
    label_share: float = 0.32
    """The part of the width that the labels of facts may take."""


def styles(scale: float = 1.0, *, in_a_hurry: bool = False) -> Styles:
    """The looks of a chapter, larger or smaller; `in_a_hurry` makes answers stand out from their labels."""

    def style(
        size: float,
        leading: float,
        *,
        bold: bool = False,
        italic: bool = False,
        colour: str = INK,
        before: float = 0,
        after: float = 0,
    ) -> Style:
        return Style(size * scale, leading * scale, bold, italic, colour, before * scale, after * scale)

    return Styles(
        kicker=style(10, 14, bold=True, colour=QUIET),
        title=style(25, 29, bold=True, colour=ACCENT),
        headings={
            2: style(14, 18, bold=True, colour=ACCENT, before=11 if in_a_hurry else 20, after=5 if in_a_hurry else 6),
            3: style(11.4, 15, bold=True, before=13, after=3),
            4: style(10.6, 14.8, bold=True, italic=True, before=10, after=2),
        },
        body=style(10.6, 15.2, after=7),
        empty=style(10.6, 15.2, italic=True, colour=QUIET, after=7),
        label=style(11, 14.6) if in_a_hurry else style(9.6, 13.2, bold=True, colour=QUIET),
        value=style(12.4, 15.6, bold=True) if in_a_hurry else style(10.3, 13.6),
        caption=style(10.3, 14, bold=True, before=8, after=5),
        column=style(8.6, 11, bold=True, colour=ACCENT),
        cell=style(10, 13) if in_a_hurry else style(8.9, 11.4),
        dense=style(8.3, 10.3),
        notice_title=style(10.6, 14.8, bold=True),
        padding=(4.2 if in_a_hurry else 3.2) * scale,
    )


def card_styles(scale: float) -> Styles:
    """The looks of an action card: body as large as headings elsewhere, little white."""
    looks = styles(scale)
    body = Style(11.2 * scale, 13.8 * scale, after=3 * scale)
    return replace(
        looks,
        headings={**looks.headings, 2: Style(13 * scale, 16 * scale, bold=True, before=6.5 * scale, after=2.5 * scale)},
        body=body,
        label=Style(10.2 * scale, 13 * scale, bold=True),
        value=replace(body, after=0),
        cell=Style(10.4 * scale, 13 * scale),
        notice_title=Style(11.2 * scale, 14.2 * scale, bold=True),
        padding=1.3 * scale,
        label_share=0.17,
    )
