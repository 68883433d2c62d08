"""A PDF as its reader finds it."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import Destination

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.pdf import render


def printed(document: Document, edition: Edition = Edition.RESTRICTED) -> PdfReader:
    return PdfReader(BytesIO(render(document, edition)))


def page_texts(pdf: PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def words_of(pdf: PdfReader) -> str:
    """Everything that can be read, lines and spaces made one."""
    return " ".join(" ".join(page_texts(pdf)).split())


def bookmarks(pdf: PdfReader) -> list[tuple[int, str, int]]:
    """Depth, title and page of every bookmark."""

    def walk(entries: list[Destination | list], depth: int) -> list[tuple[int, str, int]]:  # type: ignore[type-arg]
        found: list[tuple[int, str, int]] = []
        for entry in entries:
            if isinstance(entry, list):
                found += walk(entry, depth + 1)
            else:
                found.append((depth, str(entry.title), pdf.get_destination_page_number(entry) + 1))
        return found

    return walk(pdf.outline, 0)
