"""Blank numbered sheets of the logbook, for the hours without electricity or network. Source: domain, section 7."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.paper.drawing import draw
from crisis_plan.document.paper.flow import below, put
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.furniture import dress
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Box, Rule, Sheet
from crisis_plan.document.paper.styles import HAIRLINE, INK, PAGE_HEIGHT, PAGE_WIDTH, QUIET, SHADE, Frame, Style
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_pack.papers import paper
from crisis_plan.pilotage.crisis_pack.rules import ROWS_A_SHEET

NAME = "Feuilles imprimées"
TITLE = "Journal de bord, feuille à la main"
FRAME = Frame(left=42, right=PAGE_WIDTH - 30)
HEADINGS = (
    ("N°", 34.0),
    ("Heure du fait", 46.0),
    ("Heure de saisie", 46.0),
    ("Nature", 66.0),
    ("De / à", 72.0),
    ("Fait, ou décision et sa raison", 209.28),
    ("Par", 50.0),
)
WIDE_COLUMN = 5
ROW = 37.0
HEAD_ROW = 27.0
GRID_TOP = PAGE_HEIGHT - 146
TITLE_STYLE = Style(15, 19, bold=True)
ASKED = Style(10, 13, bold=True)
WRITTEN = Style(10.5, 14)
HEADING = Style(8.4, 10.4, bold=True)
NUMBER = Style(10.5, 14, bold=True)
SMALL = Style(7.8, 9.8, colour=QUIET)
INSET = 3.0
CUT = "…"
"""Where a title is longer than its line."""
RULES = (
    "Natures\u00a0: alerte reçue, information, demande reçue, consigne reçue, décision, action commencée, action faite, message "
    "envoyé, point de situation, besoin, prise de fonction ou relève, document, correction, activation, niveau, levée, clôture.\n"
    "Heures sur 24\u00a0h. Rien ne s’efface ni ne se rature\u00a0: une erreur se corrige par une ligne nouvelle, qui cite le numéro "
    "de l’ancienne. Une décision dit les choix possibles, la raison et qui décide. Jamais le nom d’un patient\u00a0: des nombres."
)


def blank_sheets(cpts: Cpts, *, title: str, first: int, sheets: int, day: date, watermark: str = "") -> bytes:
    """So many sheets as a PDF, their lines numbered from `first`.

    `title`: of the crisis, when there is one; empty: a line to write it. `watermark`: « EXERCICE ».
    """
    faces()
    made = [_sheet(title, first + rank * ROWS_A_SHEET) for rank in range(sheets)]
    document = _document(cpts, day, watermark)
    dress(made, document, Edition.RESTRICTED)
    return draw(made, document, Edition.RESTRICTED)


def _document(cpts: Cpts, day: date, watermark: str) -> Document:
    return paper(cpts, TITLE, day, version=NAME, watermark=watermark)


def _sheet(title: str, first: int) -> Sheet:
    sheet = Sheet(frame=FRAME)
    top = PAGE_HEIGHT - 62
    numbers = broken(f"N°\u00a0{first} à {first + ROWS_A_SHEET - 1}", TITLE_STYLE, FRAME.width)[0]
    _write(sheet, TITLE, TITLE_STYLE, FRAME.left, top)
    put(sheet, numbers, TITLE_STYLE, FRAME.right - numbers.width, below(top, TITLE_STYLE))
    _asked(sheet, "Crise ou exercice\u00a0:", FRAME.left, FRAME.right, top - 26, written=title)
    half = FRAME.left + FRAME.width / 2
    _asked(sheet, "Jour\u00a0:", FRAME.left, FRAME.left + 130, top - 52)
    _asked(sheet, "Tient le journal\u00a0:", FRAME.left + 140, half + 110, top - 52)
    _asked(sheet, "de", half + 118, half + 182, top - 52)
    _asked(sheet, "à", half + 188, FRAME.right, top - 52)
    _grid(sheet, first)
    return sheet


def _asked(sheet: Sheet, label: str, left: float, right: float, top: float, *, written: str = "") -> None:
    """A word, and a line to write the answer on; the answer itself where it is known."""
    line = broken(label, ASKED, FRAME.width)[0]
    put(sheet, line, ASKED, left, below(top, ASKED))
    start = left + line.width + 6
    if written:
        first, *others = broken(written, WRITTEN, right - start - WRITTEN.size)
        put(sheet, first, WRITTEN, start, below(top, ASKED))
        if others:
            put(sheet, broken(CUT, WRITTEN, WRITTEN.size)[0], WRITTEN, start + first.width + 2, below(top, ASKED))
    sheet.rules.append(Rule(start, top - 14, right, top - 14, 0.7, INK))


def _grid(sheet: Sheet, first: int) -> None:
    """Lines, columns, and a faint line in the middle of each row for small handwriting."""
    edges = list(_edges())
    sheet.boxes.append(Box(FRAME.left, GRID_TOP - HEAD_ROW, FRAME.width, HEAD_ROW, SHADE))
    bottom = GRID_TOP - HEAD_ROW - ROWS_A_SHEET * ROW
    for x in edges:
        sheet.rules.append(Rule(x, GRID_TOP, x, bottom, 0.7, INK))
    sheet.rules.append(Rule(FRAME.left, GRID_TOP, FRAME.right, GRID_TOP, 0.9, INK))
    for (heading, wide), x in zip(HEADINGS, edges, strict=False):
        for rank, line in enumerate(broken(heading, HEADING, wide - 2 * INSET)):
            put(sheet, line, HEADING, x + INSET, below(GRID_TOP - 2 - rank * HEADING.leading, HEADING))
    for row in range(ROWS_A_SHEET):
        top = GRID_TOP - HEAD_ROW - row * ROW
        sheet.rules.append(Rule(FRAME.left, top, FRAME.right, top, 0.7, INK))
        middle = top - ROW / 2
        sheet.rules.append(Rule(edges[WIDE_COLUMN], middle, edges[WIDE_COLUMN + 1], middle, 0.5, HAIRLINE, dotted=True))
        _write(sheet, str(first + row), NUMBER, FRAME.left + INSET, top - 4)
    sheet.rules.append(Rule(FRAME.left, bottom, FRAME.right, bottom, 0.9, INK))
    for rank, line in enumerate(broken(RULES, SMALL, FRAME.width)):
        put(sheet, line, SMALL, FRAME.left, below(bottom - 4 - rank * SMALL.leading, SMALL))


def _edges() -> Iterable[float]:
    x = FRAME.left
    yield x
    for _, wide in HEADINGS:
        x += wide
        yield x


def _write(sheet: Sheet, text: str, style: Style, x: float, top: float) -> None:
    put(sheet, broken(text, style, FRAME.width)[0], style, x, below(top, style))
