"""What every page carries around its text: header, footer."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.paper.flow import put
from crisis_plan.document.paper.french_dates import long_date
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Rule, Sheet
from crisis_plan.document.paper.styles import HAIRLINE, INK, PAGE_HEIGHT, QUIET, Style
from crisis_plan.document.revisions import Revision

SMALL = Style(8.4, 11, colour=QUIET)
TINY = Style(7.4, 11, colour=QUIET)
HEAD = PAGE_HEIGHT - 46
FOOT = 42.0
SIGN = Style(9, 11, bold=True, colour=INK)
SIGN_WIDTH = 20.0
SIGNS = {Revision.REMOVED: "–", Revision.ADDED: "+"}
BOTH = "±"
LEGEND = "Dans la marge\u00a0: + ajouté, souligné\u00a0; – supprimé, barré\u00a0; ± l’un et l’autre."


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
        if witness := document.witness or (LEGEND if document.formerly else ""):
            put(sheet, broken(witness, TINY, sheet.frame.width)[0], TINY, left, FOOT - TINY.leading)
        _set_signs(sheet)
        sheet.rules.append(Rule(left, HEAD - 7, right, HEAD - 7, 0.5, HAIRLINE))
        sheet.rules.append(Rule(left, FOOT + 14, right, FOOT + 14, 0.5, HAIRLINE))


def _set_signs(sheet: Sheet) -> None:
    """« + », « – » or both, once for a line of the page, left of what it stands beside."""
    found: dict[tuple[float, int], set[Revision]] = {}
    for sign in sheet.signs:
        found.setdefault((sign.x, round(sign.y)), set()).add(sign.mark)
    for (x, y), marks in found.items():
        line = broken(BOTH if len(marks) > 1 else SIGNS[next(iter(marks))], SIGN, SIGN_WIDTH)[0]
        put(sheet, line, SIGN, x - SIGN_WIDTH / 2 - line.width / 2, y)


def _set_ends(sheet: Sheet, left: str, right: str, y: float) -> None:
    frame = sheet.frame
    end = broken(right, SMALL, frame.width / 2)[0]
    start = broken(left, SMALL, frame.width - end.width - 20)[0]
    put(sheet, start, SMALL, frame.left, y)
    put(sheet, end, SMALL, frame.right - end.width, y)
