"""The first page: whose plan, which version, for whom, and where the current one is."""

from __future__ import annotations

from dataclasses import replace

from crisis_plan.document.blocks import Document, Edition, Fact
from crisis_plan.document.inline import safe_href
from crisis_plan.document.paper.flow import Flow, below, put
from crisis_plan.document.paper.french_dates import long_date
from crisis_plan.document.paper.lines import Line, broken
from crisis_plan.document.paper.qr_code import squares
from crisis_plan.document.paper.sheet import Box, Link, Sheet
from crisis_plan.document.paper.styles import ACCENT, FRAME, INK, PAGE_HEIGHT, QUIET, Style, styles
from crisis_plan.document.paper.tables import set_facts

ORGANISATION = Style(17, 22, bold=True, colour=ACCENT)
LEGAL_NAME = Style(11, 15, colour=QUIET)
VERSION = Style(15, 21, bold=True)
STATUS = Style(12, 17)
BADGE = Style(10.4, 14, bold=True)
SMALL = Style(9, 12.4, colour=QUIET)
QR_SIDE = 82.0
TITLE_SIZES = (38.0, 33.0, 28.0, 23.0, 18.0)

READERS = {
    Edition.RESTRICTED: "Contient des coordonnées privées\u00a0: ne pas diffuser hors des destinataires désignés.",
    Edition.PUBLIC: "Sans coordonnées privées\u00a0: peut être diffusée.",
}


def cover_sheets(document: Document, edition: Edition) -> list[Sheet]:
    flow = Flow(styles())
    flow.sheet.is_bare = True
    flow.sheet.boxes.append(Box(0, 0, 16, PAGE_HEIGHT, ACCENT))
    flow.sheet.end = PAGE_HEIGHT - 82
    _set(flow, document.organisation, ORGANISATION)
    if document.legal_name != document.organisation:
        _set(flow, document.legal_name, LEGAL_NAME)
    flow.sheet.end = min(flow.y - 40, PAGE_HEIGHT - 235)
    title, style = _title(document.title)
    flow.set_lines(title, style, FRAME.left)
    flow.down(14)
    flow.rule(FRAME.left, FRAME.left + 84, 3.4, ACCENT)
    flow.down(20)
    _set(flow, f"{document.version} – {long_date(document.dated_on)}", VERSION)
    _set(flow, document.status, STATUS)
    flow.down(12)
    _set_badge(flow, edition)
    flow.down(26)
    author = (Fact("Auteur", document.author),) if document.author else ()
    set_facts(flow, replace(document.cover, facts=(*author, *document.cover.facts)), FRAME.left, FRAME.width)
    _set_address(flow, document.address)
    return flow.sheets


def _set(flow: Flow, text: str, style: Style) -> None:
    if text:
        flow.set_lines(broken(text, style, FRAME.width), style, FRAME.left)


def _title(title: str) -> tuple[list[Line], Style]:
    """As large as four lines allow."""
    for size in TITLE_SIZES:
        style = Style(size, size * 1.14, bold=True, colour=INK)
        lines = broken(title, style, FRAME.width)
        if len(lines) <= 4:
            break
    return lines, style


def _set_badge(flow: Flow, edition: Edition) -> None:
    label = broken(edition.label, BADGE, FRAME.width)[0]
    wide, tall = label.width + 18, BADGE.leading + 8
    flow.need(tall)
    sheet, bottom = flow.sheet, flow.y - tall
    sheet.boxes.append(Box(FRAME.left, bottom, wide, tall, ACCENT, outline=1.3))
    put(sheet, label, BADGE, FRAME.left + 9, below(flow.y - 4, BADGE))
    readers = broken(READERS[edition], SMALL, FRAME.width - wide - 12)[0]
    put(sheet, readers, SMALL, FRAME.left + wide + 12, below(flow.y - 4 - (BADGE.leading - SMALL.leading) / 2, SMALL))
    sheet.end = bottom


def _set_address(flow: Flow, address: str) -> None:
    """The code at the foot of the page, its address in words beside it."""
    if not address:
        return
    flow.need(QR_SIDE + 12)
    sheet, bottom = flow.sheet, FRAME.bottom - 12
    boxes = squares(address, FRAME.left, bottom, QR_SIDE)
    sheet.boxes += boxes
    left = FRAME.left + (QR_SIDE + 18 if boxes else 0)
    label = Style(10.4, 14.6, bold=True)
    lines = broken(address, SMALL, FRAME.right - left)[:4]
    top = bottom + QR_SIDE / 2 + (label.leading + len(lines) * SMALL.leading) / 2
    put(sheet, broken("La version en vigueur est en ligne", label, FRAME.width)[0], label, left, below(top, label))
    top -= label.leading
    for line in lines:
        put(sheet, line, replace(SMALL, colour=ACCENT), left, below(top, SMALL))
        top -= SMALL.leading
    if target := safe_href(address):
        tall = len(lines) * SMALL.leading
        sheet.links.append(Link(left, top, max(line.width for line in lines), tall, target))
        sheet.links.append(Link(FRAME.left, bottom, QR_SIDE, QR_SIDE, target))
