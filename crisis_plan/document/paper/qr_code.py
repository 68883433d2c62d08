"""The address of the current version, for a telephone held over the paper."""

from __future__ import annotations

from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from crisis_plan.document.paper.sheet import Box

LONGEST = 600
"""Bytes beyond which the squares would be too small to be read."""

BLACK = "#000000"


def squares(address: str, x: float, y: float, side: float) -> list[Box]:
    """Dark squares within a square of that side, no quiet zone of its own; nothing for what cannot be coded."""
    if not address or len(address.encode("utf-8", "replace")) > LONGEST:
        return []
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(address.encode("utf-8", "replace")))
    code.make()
    step = side / len(code.modules)
    boxes: list[Box] = []
    for rank, row in enumerate(code.modules):
        column = 0
        for is_dark, run in groupby(map(bool, row)):
            length = len(list(run))
            if is_dark:
                boxes.append(Box(x + column * step, y + side - (rank + 1) * step, length * step, step * 1.02, BLACK))
            column += length
    return boxes
