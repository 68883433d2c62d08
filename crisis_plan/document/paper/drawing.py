"""Sheets to bytes: the only module that holds a ReportLab canvas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from urllib.parse import quote

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.paper.fonts import Face, drawable, width
from crisis_plan.document.paper.french_dates import long_date
from crisis_plan.document.paper.sheet import Box, Link, Polygon, Sheet, Words
from crisis_plan.document.paper.styles import PAGE_HEIGHT, PAGE_WIDTH, WATERMARK

URL_MARKS = "%/:=&?~#+!$,;'@()*[]"


def draw(sheets: Sequence[Sheet], document: Document, edition: Edition) -> bytes:
    """The PDF of these sheets; the same sheets always give the same bytes."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1, lang="fr")
    _describe(canvas, document, edition)
    for sheet in sheets:
        _draw_sheet(canvas, sheet, drawable(document.watermark).replace("\n", " "))
        canvas.showPage()
    canvas.showOutline()
    canvas.save()
    return stream.getvalue()


def _describe(canvas: Canvas, document: Document, edition: Edition) -> None:
    version = f"{document.version} du {long_date(document.dated_on)}"
    canvas.setTitle(drawable(f"{document.title} – {document.organisation}"))
    canvas.setAuthor(drawable(document.author or document.organisation))
    canvas.setSubject(drawable(f"{version} – {edition.label} – {document.status}"))
    canvas.setCreator(drawable(document.legal_name or document.organisation))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    day = document.dated_on
    canvas._doc._timeStamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)  # else every print is of 1 January 2000


def _draw_sheet(canvas: Canvas, sheet: Sheet, watermark: str) -> None:
    if watermark:
        _draw_watermark(canvas, watermark)
    for box in sheet.boxes:
        _draw_box(canvas, box)
    _draw_rules(canvas, sheet)
    for polygon in sheet.polygons:
        _draw_polygon(canvas, polygon)
    _draw_words(canvas, sheet.words)
    for link in sheet.links:
        _draw_link(canvas, link)
    for entry in sheet.entries:
        canvas.bookmarkPage(entry.anchor, fit="XYZ", left=0, top=entry.y + 14, zoom=0)
        title = drawable(f"{entry.number} {entry.title}".strip()).replace("\n", " ")
        canvas.addOutlineEntry(title or "–", entry.anchor, level=entry.level, closed=True)


def _draw_watermark(canvas: Canvas, watermark: str) -> None:
    size = min(92.0, 640 / max(width(watermark, Face.BOLD, 1), 1))
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(_colour(WATERMARK))
    canvas.setFont(Face.BOLD.value, size)
    canvas.drawCentredString(0, -size * 0.33, watermark)
    canvas.restoreState()


def _draw_box(canvas: Canvas, box: Box) -> None:
    if box.outline:
        canvas.setStrokeColor(_colour(box.colour))
        canvas.setLineWidth(box.outline)
        canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)
        return
    canvas.setFillColor(_colour(box.colour))
    canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)


def _draw_rules(canvas: Canvas, sheet: Sheet) -> None:
    for rule in (*sheet.rules, *sheet.underlines):
        canvas.setStrokeColor(_colour(rule.colour))
        canvas.setLineWidth(rule.thickness)
        canvas.setDash([0.7, 2.9] if rule.dotted else list(rule.dash))
        canvas.line(rule.x, rule.y, rule.to_x, rule.to_y)


def _draw_polygon(canvas: Canvas, polygon: Polygon) -> None:
    canvas.setFillColor(_colour(polygon.fill))
    canvas.setStrokeColor(_colour(polygon.colour))
    canvas.setLineWidth(polygon.outline)
    canvas.setDash([])
    path = canvas.beginPath()
    path.moveTo(*polygon.corners[0])
    for corner in polygon.corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _draw_words(canvas: Canvas, words: Sequence[Words]) -> None:
    """All the words of a sheet in one text object, in reading order."""
    text = canvas.beginText()
    look: tuple[Face, float] | None = None
    colour = ""
    for mark in words:
        if not mark.text:
            continue
        if look != (mark.face, mark.size):
            look = (mark.face, mark.size)
            text.setFont(mark.face.value, mark.size)
        if colour != mark.colour:
            colour = mark.colour
            text.setFillColor(_colour(colour))
        text.setTextOrigin(mark.x, mark.y)
        text.textOut(mark.text)
    canvas.drawText(text)


def _draw_link(canvas: Canvas, link: Link) -> None:
    place = (link.x, link.y, link.x + link.width, link.y + link.height)
    if link.target.startswith("#"):
        canvas.linkAbsolute("", link.target[1:], place)
    else:
        canvas.linkURL(quote(link.target, safe=URL_MARKS, errors="replace"), place)


@cache
def _colour(code: str) -> Color:
    return HexColor(code)
