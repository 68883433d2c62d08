"""What every page carries around its text: header, footer."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.paper.flow import put
from crisis_plan.document.paper.french_dates import long_date
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Rule, Sheet
from crisis_plan.document.paper.styles import HAIRLINE, PAGE_HEIGHT, QUIET, Style

SMALL = Style(8.4, 11, colour=QUIET)
TINY = Style(7.4, 11, colour=QUIET)
HEAD = PAGE_HEIGHT - 46
FOOT = 42.0


def dress(sheets: Sequence[Sheet], document: Document, edition: Edition) -> None:
    """Header and footer on every sheet but the cover, which counts as page 1."""
    version = f"{document.version} – {long_date(document.dated_on)}"
    status = f" – {document.watermark.capitalize()}" if document.watermark else ""
    for page, sheet in enumerate(sheets, start=1):
        if sheet.is_bare:
            continue
        left, right = sheet.frame.left, sheet.frame.right
        _set_ends(sheet, document.organisation, version, HEAD)
        _set_ends(sheet, edition.label + status, f"Page\u00a0{page} / {len(sheets)}", FOOT)
        if document.witness:
            put(sheet, broken(document.witness, TINY, sheet.frame.width)[0], TINY, left, FOOT - TINY.leading)
        sheet.rules.append(Rule(left, HEAD - 7, right, HEAD - 7, 0.5, HAIRLINE))
        sheet.rules.append(Rule(left, FOOT + 14, right, FOOT + 14, 0.5, HAIRLINE))


def _set_ends(sheet: Sheet, left: str, right: str, y: float) -> None:
    frame = sheet.frame
    end = broken(right, SMALL, frame.width / 2)[0]
    start = broken(left, SMALL, frame.width - end.width - 20)[0]
    put(sheet, start, SMALL, frame.left, y)
    put(sheet, end, SMALL, frame.right - end.width, y)
