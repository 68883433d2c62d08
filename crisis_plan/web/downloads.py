"""Answers that are files: exact bytes with an ETag, and CSV that French Excel opens without danger."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, request
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def private_pdf(content: bytes, *, file_name: str) -> Response:
    """A document made for this reader, shown at once: no cache keeps it on the machine (domain, section 12)."""
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    response.headers["Cache-Control"] = "no-store"
    return response


def pdf(content: bytes, *, file_name: str, etag: str) -> Response:
    """The bytes of a published version as they are; answers 304 to a reader who has them already."""
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]], *, file_name: str) -> Response:
    """A CSV for French Excel (`csv_content`), saved under this name."""
    return attachment(csv_content(headings, rows), media_type="text/csv", file_name=file_name)


def csv_content(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV for French Excel: `;`, UTF-8 with BOM, formulas neutralised."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_file(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, file_name: str, sheet: str = "Feuille 1"
) -> Response:
    """A workbook of one sheet: every cell is text, a number or a date, never a formula."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet[:31])
    page.append(list(headings))
    for row in rows:
        page.append([_cell(page, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return attachment(content.getvalue(), media_type=XLSX, file_name=file_name)


def attachment(content: bytes, *, media_type: str, file_name: str) -> Response:
    """A file to keep: exact bytes, saved under this name."""
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response


def _cell(page: Any, value: object) -> object:
    """Text is written as text, even where it begins like a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def harmless(cell: object) -> str:
    """A cell that a spreadsheet reads as text, even where it begins like a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
