"""The four faces of the printed document, what they can draw and how wide it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent.parent / "fonts"

MISSING = "□"
"""Stands for what the faces cannot draw: a reader must see that something was there."""

REPLACED = {
    "\t": " ",
    "\u2003": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "☎": "tél.",
    "📞": "tél.",
    "✉": "courriel",
    "⚠": "(!)",
    "✔": "✓",
    "✅": "☑",
    "❌": "✗",
    "✖": "✗",
    "➜": "→",
    "➡": "→",
    "ᵉ": "e",
    "ʳ": "r",
}
"""Signs that people paste and that have a plain equivalent."""

_SILENT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
"""Marks that draw nothing by themselves: their loss is not seen."""


class Face(StrEnum):
    REGULAR = "PlanSans-Regular"
    ITALIC = "PlanSans-It"
    BOLD = "PlanSans-Bold"
    BOLD_ITALIC = "PlanSans-BoldIt"

    @staticmethod
    def of(*, bold: bool, italic: bool) -> Face:
        if bold:
            return Face.BOLD_ITALIC if italic else Face.BOLD
        return Face.ITALIC if italic else Face.REGULAR


@dataclass(frozen=True, slots=True)
class Faces:
    """Advance of each character, for one point of size, by face."""

    advances: dict[Face, dict[str, float]]
    undrawable: re.Pattern[str]


_lock = Lock()


def faces() -> Faces:
    """The registered faces; ReportLab's registry is shared by threads, so it is filled once."""
    with _lock:
        return _load()


@cache
def _load() -> Faces:
    advances: dict[Face, dict[str, float]] = {}
    for face in Face:
        font = TTFont(face.value, str(FOLDER / f"{face.value}.ttf"), shapable=False)
        pdfmetrics.registerFont(font)
        advances[face] = {chr(code): font.stringWidth(chr(code), 1) for code in font.face.charToGlyph}
    drawn = set.intersection(*(set(widths) for widths in advances.values())) | {"\n"}
    return Faces(advances, re.compile(f"[^{re.escape(''.join(sorted(drawn)))}]"))


def drawable(text: str) -> str:
    """The same text with only what the faces draw, line ends kept."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, plain in REPLACED.items():
        text = text.replace(sign, plain)
    text = _SILENT.sub("", unicodedata.normalize("NFC", text))
    return _load().undrawable.sub(MISSING, text)


def width(text: str, face: Face, size: float) -> float:
    """The length in points of a drawable text."""
    return sum(map(_load().advances[face].__getitem__, text)) * size
